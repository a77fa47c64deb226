package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.admin.AdminResource;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a server is told beside its gateway, checked by {@link ServerBuilder}.
 *
 * @param host the address or name to listen on; null for all addresses of the machine
 * @param port the port to listen on, 0 for any free one
 * @param http2ClearText whether HTTP/2 is spoken in clear text to who begins with it; without TLS only
 * @param oneLoop whether the threads that watch clients watch upstreams as well, and handle what does not wait
 * @param holdUpWarning how long a turn of such a thread takes that is warned about; null for never
 * @param tls certificate and what goes with it; null for plain HTTP
 * @param redirect where requests in clear text are redirected from; null for nowhere
 * @param adminHost the address or name that the admin port listens on
 * @param adminPort the admin port, 0 for any free one, {@link #NO_ADMIN_PORT} for none
 * @param adminResources what the admin port answers beside its own
 * @param reloader makes the gateway that takes over when the server is told to reload; null for none
 * @param limits what bounds requests, answers and connections
 * @param stopping how the server ends
 */
record ServerOptions(
        @Nullable String host,
        int port,
        boolean http2ClearText,
        boolean oneLoop,
        @Nullable Duration holdUpWarning,
        @Nullable TlsOptions tls,
        @Nullable Redirecting redirect,
        String adminHost,
        int adminPort,
        List<AdminResource> adminResources,
        @Nullable Supplier<Gateway> reloader,
        Limits limits,
        Stopping stopping) {

    static final int NO_ADMIN_PORT = -1;

    /**
     * The bounds.
     *
     * @param headSize the most bytes of a request's head, request line included
     * @param headerFields the most header fields of a request
     * @param uriLength the most characters of a request's path and query
     * @param responseHeadSize the most bytes of an answer's head
     * @param connections the most connections open at once; further ones wait in the system's backlog
     * @param streams the most requests at once on one HTTP/2 connection
     * @param threads the most threads that handle requests
     * @param headTimeout the longest time from the first byte of a head to its last, and for a TLS handshake
     * @param idleTimeout the longest time without a byte in either direction
     */
    record Limits(
            int headSize,
            int headerFields,
            int uriLength,
            int responseHeadSize,
            int connections,
            int streams,
            int threads,
            Duration headTimeout,
            Duration idleTimeout) {}

    /**
     * The port of clear text.
     *
     * @param port the port to listen on, 0 for any free one
     * @param publicPort the port of HTTPS as clients know it; 0 for the server's own
     */
    record Redirecting(int port, int publicPort) {}

    /**
     * The end.
     *
     * @param drainDelay how long the server says that it is not ready before it stops listening
     * @param stopTimeout the longest time that requests in flight have to finish
     * @param onSignal whether the end of the process (SIGTERM, SIGINT) stops the server gracefully
     */
    record Stopping(Duration drainDelay, Duration stopTimeout, boolean onSignal) {}
}
