package dev.lintel.filter;

import dev.lintel.Exchange;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Ends an exchange once, whatever happens to its request: it returns, throws, goes asynchronous and completes, times out or
 * fails. The only asynchronous listener in Lintel.
 *
 * <p>On an error or a timeout of an asynchronous request the container still dispatches to an error page; the exchange ends
 * after that, when the container says that the request is complete (Servlet 6.0 section 2.3.3.3).
 */
public final class RequestCompletion implements AsyncListener {

    static final String CLIENT_GONE = "client-gone";
    private static final String ANSWERING = RequestCompletion.class.getName() + ".answering";

    private final Exchange exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final boolean failing;
    private boolean unanswered;

    private RequestCompletion(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, boolean failing) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.failing = failing;
    }

    /**
     * Has a task run when the container finds that reading or writing failed, before it writes an error page of its own: the
     * last moment for whoever answers asynchronously to do so.
     *
     * @param request the request
     * @param answering ends the asynchronous request, or waits within bounds for another thread that is ending it; must not throw
     */
    public static void beforeErrorPage(HttpServletRequest request, Runnable answering) {
        request.setAttribute(ANSWERING, answering);
    }

    /**
     * Called by whoever runs an exchange's outermost filter when the filters have unwound normally: ends the exchange, or
     * sees to it that it ends when the asynchronous request does.
     *
     * @param exchange the exchange
     * @param request the request, as the outermost filter got it
     * @param response the response, as the outermost filter got it
     */
    public static void leave(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        new RequestCompletion(exchange, request, response, false).endWith();
    }

    /**
     * Called instead of {@link #leave} when the filters unwound with an exception that goes to the container.
     *
     * @param exchange the exchange
     * @param request the request, as the outermost filter got it
     * @param response the response, as the outermost filter got it
     */
    public static void leaveFailing(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        exchange.failure("exception");
        if (request.isAsyncStarted()) {
            // the container ends it, at once (Tomcat) or when the application or a timeout does (Jetty)
            new RequestCompletion(exchange, request, response, true).endWith();
            return;
        }
        if (exchange.status() == 0) {
            // the container's error page comes later; until then the status is still the one before
            exchange.status(response.isCommitted() ? response.getStatus() : 500);
        }
        exchange.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        exchange.failure("timeout");
    }

    @Override
    public void onError(AsyncEvent event) {
        if (request.getAttribute(ANSWERING) instanceof Runnable answering) {
            answering.run();
        }
        // reading and writing is all that can fail so, and the other end of it is the client
        boolean gone = event.getThrowable() instanceof IOException;
        exchange.failure(gone ? CLIENT_GONE : "error");
        // a stream of HTTP/2 that failed takes nothing more, while the container goes on to write its error page
        unanswered |= gone && !response.isCommitted() && exchange.protocol().startsWith("HTTP/2");
        if (failing && response.isCommitted()) {
            // the error page is out; Tomcat calls no listener again after an exception from the thread that began this
            end();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // a new cycle starts without listeners (Servlet 6.0 section 2.3.3.3)
        event.getAsyncContext().addListener(this);
    }

    private void endWith() {
        if (request.isAsyncStarted()) {
            try {
                request.getAsyncContext().addListener(this);
                return;
            } catch (IllegalStateException alreadyOver) {
                // completed on another thread in between: nobody will call a listener any more
            }
        }
        end();
    }

    private void end() {
        if (exchange.status() == 0 && !unanswered) {
            exchange.status(response.getStatus());
        }
        if (!exchange.isProlonged()) {
            exchange.complete();
        }
    }
}
