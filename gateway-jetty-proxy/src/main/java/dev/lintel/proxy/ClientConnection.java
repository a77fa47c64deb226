package dev.lintel.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/** What the servlet API does not know of the connection to a client, in the way of its container. */
interface ClientConnection {

    /** Has a task run once if the client is found to have gone. Called when the request's body has been read. */
    default void watch(Runnable gone) {
        // elsewhere it is noticed at the next write
    }

    /** Whether a body without a length may be read on the thread on which the container tells that there is some of it. */
    default boolean mayReadChunksInCallbacks() {
        return true;
    }

    /**
     * Breaks the connection, or the stream of an HTTP/2 one, so that an answer cut short cannot be taken for whole.
     *
     * @return whether the asynchronous request is completed by that, if a little later
     */
    default boolean breakOff(AsyncContext async, CallFailure failure) {
        // no way is known; with a declared length the client notices
        return false;
    }

    /** The connection of a request. */
    static ClientConnection of(HttpServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        String type = innermost.getClass().getName();
        if (type.startsWith("org.eclipse.jetty.ee10.")) {
            return Containers.jetty(innermost);
        }
        return type.startsWith("org.apache.catalina.") ? TomcatConnection.INSTANCE : Containers.UNKNOWN;
    }
}
