package dev.lintel.proxy;

import dev.lintel.proxy.Deadlines.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.RetryableRequestException;
import org.jspecify.annotations.Nullable;

/** Tells from what Jetty's client throws what happened. */
final class FailureReason {

    /** What Jetty's client says of a head that is longer than it sends; the container may take longer ones. */
    private static final String HEAD_TOO_LARGE = "Request headers too large";

    /** What it says of RST_STREAM with REFUSED_STREAM. */
    private static final String REFUSED_STREAM = "refused_stream_error";

    /** What it says of a stream that it cannot begin, since the connection has gone away or has as many as it may have. */
    private static final String SESSION_CLOSED = "session closed";

    private static final String NO_MORE_STREAMS = "Max local stream count";

    private FailureReason() {}

    /** Whether a connection was closed, by whomever. */
    static boolean isClosed(@Nullable Throwable thrown) {
        return thrown instanceof ClosedChannelException || thrown instanceof EOFException;
    }

    /**
     * Whether the upstream has said, in HTTP/2, that it has done nothing about the request (RFC 9113 section 8.7), or its connection
     * took no more when the request came to it.
     */
    static boolean saysNotProcessed(@Nullable Throwable thrown) {
        if (thrown instanceof IOException) {
            return REFUSED_STREAM.equals(thrown.getMessage());
        }
        if (thrown instanceof IllegalStateException) {
            String said = String.valueOf(thrown.getMessage());
            return said.equals(SESSION_CLOSED) || said.startsWith(NO_MORE_STREAMS);
        }
        return thrown instanceof RetryableRequestException;
    }

    /** What ended a try. */
    static CallFailure of(CallAttempt attempt, Throwable thrown) {
        return attempt.wasConnected() ? onConnection(thrown, attempt.wasAnswered()) : beforeConnection(thrown);
    }

    /** Who let the others wait for too long; the phase is null if all of the exchange did. */
    static CallFailure late(@Nullable Phase phase, @Nullable ClientBody body, @Nullable ResponseRelay relay) {
        if (phase == null) {
            return CallFailure.TOTAL_TIMEOUT;
        }
        return switch (phase) {
            case CONNECTING -> CallFailure.CONNECT_TIMEOUT;
            case SENDING -> body != null && body.isAwaited() ? CallFailure.BODY_STALLED : CallFailure.IDLE_TIMEOUT;
            case AWAITING_HEAD -> CallFailure.FIRST_BYTE_TIMEOUT;
            case STREAMING ->
                relay != null && relay.isAwaitingClient() ? CallFailure.CLIENT_STALLED : CallFailure.IDLE_TIMEOUT;
        };
    }

    /** What kept a request from getting a connection. */
    private static CallFailure beforeConnection(Throwable thrown) {
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
    private static CallFailure onConnection(Throwable thrown, boolean headReceived) {
        if (thrown instanceof CallFailure.AbortedException aborted) {
            return aborted.reason();
        }
        if (headReceived) {
            return CallFailure.TRUNCATED;
        }
        if (has(thrown, SSLException.class)) {
            return CallFailure.INSECURE;
        }
        if (thrown instanceof IllegalArgumentException && HEAD_TOO_LARGE.equals(thrown.getMessage())) {
            return CallFailure.HEAD_TOO_LARGE;
        }
        // the parser throws what it likes at a head that it does not
        return thrown instanceof IOException || saysNotProcessed(thrown)
                ? CallFailure.NO_ANSWER
                : CallFailure.MALFORMED;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 8; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
