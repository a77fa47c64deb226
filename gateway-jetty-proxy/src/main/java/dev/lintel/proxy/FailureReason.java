package dev.lintel.proxy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from what Jetty's client throws what happened. */
final class FailureReason {

    private FailureReason() {}

    /** What kept a request from getting a connection. */
    static CallFailure beforeConnection(@Nullable Throwable thrown) {
        if (thrown instanceof RejectedExecutionException) {
            return CallFailure.BUSY;
        }
        if (thrown instanceof SocketTimeoutException) {
            return CallFailure.CONNECT_TIMEOUT;
        }
        if (has(thrown, UnknownHostException.class) || has(thrown, UnresolvedAddressException.class)) {
            return CallFailure.UNRESOLVED;
        }
        if (thrown instanceof TimeoutException) {
            // only the resolver of names has a timeout of its own here
            return CallFailure.UNRESOLVED;
        }
        if (has(thrown, SSLException.class)) {
            return CallFailure.INSECURE;
        }
        return CallFailure.REFUSED;
    }

    /** What ended a request on a connection. */
    static CallFailure onConnection(@Nullable Throwable thrown, boolean headReceived) {
        if (thrown instanceof CallFailure.AbortedException aborted) {
            return aborted.reason();
        }
        if (headReceived) {
            return CallFailure.TRUNCATED;
        }
        if (has(thrown, SSLException.class)) {
            return CallFailure.INSECURE;
        }
        // the parser throws what it likes at a head that it does not
        return thrown instanceof IOException ? CallFailure.NO_ANSWER : CallFailure.MALFORMED;
    }

    private static boolean has(@Nullable Throwable thrown, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 8; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
