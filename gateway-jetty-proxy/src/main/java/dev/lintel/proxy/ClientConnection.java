package dev.lintel.proxy;

import dev.lintel.filter.ExchangeRequest;
import dev.lintel.tunnel.ConnectionPair;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** What the servlet API does not know of the connection to a client, in the way of its container. */
interface ClientConnection {

    /** Has a task run once if the client is found to have gone. Called when the request's body has been read. */
    default void watch(Runnable gone) {
        // elsewhere it is noticed at the next write
    }

    /**
     * Has a listener told once when the answer of a synchronous request has been sent, or could not be.
     *
     * @return whether it will be told; without it the end of the filters has to do for the end of the request
     */
    default boolean onSent(Sent listener) {
        return false;
    }

    /** How the answer of a request ended. */
    @FunctionalInterface
    interface Sent {

        /**
         * Takes the end.
         *
         * @param status the status sent, or 0 if the client was gone before any of the answer could be sent
         * @param gone whether the client was gone before all of the answer was sent
         */
        void ended(int status, boolean gone);
    }

    /** Whether a body without a length may be read on the thread on which the container tells that there is some of it. */
    default boolean mayReadChunksInCallbacks() {
        return true;
    }

    /**
     * Whether, on HTTP/1, asking if there is more of a body that has been read whole may wait for a thread that serves the connection, so
     * that such a thread would wait for itself if it waited for whoever asks.
     */
    default boolean mayWaitAtEnd() {
        return false;
    }

    /**
     * How long the container's own thread, which is about to end a request, waits for another that is ending it, in milliseconds: the
     * first may serve many connections, and the other may have to wait for the client.
     */
    default long mostMillisForEnd() {
        return 1_000;
    }

    /**
     * Lets go of a connection whose request still has a body that nobody reads, after an answer that said so: where the
     * container would wait for the rest of it without end.
     */
    default void letGo() {
        // elsewhere the container closes it, or reads on within bounds
    }

    /**
     * Sends an interim answer; dropped where a servlet cannot.
     *
     * @return done when it is out
     */
    default CompletableFuture<?> interim(int status, HttpFields fields) {
        return CompletableFuture.completedFuture(null);
    }

    /** The socket, if another protocol than the request's can be spoken on it; else null. */
    default @Nullable EndPoint endPoint() {
        return null;
    }

    /** Has the connection become one of a pair once the answer, which ends now, is out. Called if there is an end point. */
    default void changeProtocol(ConnectionPair pair) {
        throw new IllegalStateException("end point: none (expected: one)");
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

    /** Whether an answer that has begun can be ended after the request's body could not be read on. */
    default boolean outlivesBody() {
        return true;
    }

    /**
     * Whether an answer that is written and not sent stays as it is when the container finds that the request's body cannot be
     * read; else it must be sent at once, which may have to wait for the client.
     */
    default boolean keepsAnswer() {
        return false;
    }

    /**
     * What sends a body of that length at one go, should it come in one piece, without waiting for the client; null where nothing does.
     *
     * @param output the container's own, unless somebody has put another around it
     */
    default @Nullable WholeAnswer whole(ServletOutputStream output, long length) {
        return null;
    }

    /** Undoes what the container has put in place of an answer that is not sent yet. */
    default void takeErrorBack(ServletResponse response) {
        // elsewhere nothing is put there before the asynchronous request ends
    }

    /**
     * The fields of the request's head as the container has them, if there is nothing between the container and a request but our own
     * view of it, whose changes have to be looked up; else null, and the request must be asked.
     */
    default @Nullable HttpFields fields() {
        return null;
    }

    /** The fields of a request's head, if nobody but us has changed it and the container lets them be seen; else null. */
    static @Nullable HttpFields fieldsOf(HttpServletRequest request) {
        ServletRequest below = request instanceof ExchangeRequest view ? view.getRequest() : request;
        return below instanceof ServletRequestWrapper ? null : of(request).fields();
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
        if (type.startsWith("org.eclipse.jetty.")) {
            return HiddenConnection.jetty(innermost);
        }
        if (type.startsWith("io.undertow.servlet.")) {
            return HiddenConnection.undertow(innermost);
        }
        return type.startsWith("org.apache.catalina.") ? TomcatConnection.INSTANCE : Containers.UNKNOWN;
    }
}
