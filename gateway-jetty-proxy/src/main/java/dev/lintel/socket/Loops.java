package dev.lintel.socket;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/**
 * Knows the loops that serve connections, each by an object of its own: told by whoever opens connections so, if loops serve those of
 * clients as well. Thread-safe.
 */
public interface Loops {

    /** The loop that the calling thread runs now; null if it runs none. */
    @Nullable
    Object current();

    /** The loop that serves a connection; null if none does, or it is not known. */
    @Nullable
    Object of(EndPoint plain);

    /** The connection below TLS, if there is any. */
    static EndPoint plain(EndPoint endPoint) {
        EndPoint plain = endPoint;
        while (plain instanceof SslConnection.SslEndPoint tls) {
            plain = tls.getSslConnection().getEndPoint();
        }
        return plain;
    }
}
