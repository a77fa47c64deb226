package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.Suspension;
import dev.lintel.filter.LogContext;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the filters of one request in order, then its terminal. Can be set aside at a filter that waits, and resumed there
 * when the container dispatches the request again. Confined to its request.
 */
final class RouteChain implements FilterChain, Suspension {

    private static final Logger LOG = LoggerFactory.getLogger(RouteChain.class);

    private static final String ATTRIBUTE = "dev.lintel.router.chain";

    private final Exchange exchange;
    private final Filter[] filters;
    private final Terminal terminal;
    private int next;
    private @Nullable ServletRequest request;
    private @Nullable ServletResponse response;
    private boolean suspended;

    RouteChain(Exchange exchange, Filter[] filters, Terminal terminal) {
        this.exchange = exchange;
        this.filters = filters;
        this.terminal = terminal;
    }

    /** The chain that a request was set aside with, to be resumed; or null. */
    static @Nullable RouteChain suspendedIn(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RouteChain chain && chain.suspended ? chain : null;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Lets filters wait without a thread; the servlet that runs this chain then sees the request again. */
    void allowSuspension(HttpServletRequest outermost) {
        if (outermost.isAsyncSupported() && !outermost.isAsyncStarted()) {
            outermost.setAttribute(ATTRIBUTE, this);
            exchange.suspendWith(this);
        }
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer) throws IOException, ServletException {
        if (next > filters.length) {
            throw new IllegalStateException("chain: called again after its end (expected: each filter calls it once)");
        }
        int current = next++;
        if (current == filters.length) {
            exchange.suspendWith(null);
            terminal.run(exchange, (HttpServletRequest) given, (HttpServletResponse) answer);
            return;
        }
        request = given;
        response = answer;
        filters[current].doFilter(given, answer, this);
    }

    @Override
    public void suspendUntil(CompletableFuture<?> until) {
        ServletRequest setAside = request;
        if (setAside == null) {
            throw new IllegalStateException("chain: not running (expected: await within a filter)");
        }
        suspended = true;
        AsyncContext context = setAside.startAsync(setAside, response);
        // the deadline of what is awaited bounds the wait; the container's own must not come before it
        context.setTimeout(0);
        CompletableFuture<?> unused = until.whenComplete((value, failure) -> dispatch(context));
    }

    private static void dispatch(AsyncContext context) {
        try {
            context.dispatch();
        } catch (IllegalStateException over) {
            // the client went away while the filter waited, and the container has ended the request
            LOG.debug("request over before it could go on", over);
        }
    }

    /** Goes on at the filter that waited, with the request and response that it was given. */
    void resume() throws IOException, ServletException {
        suspended = false;
        next--;
        ServletRequest setAside = request;
        ServletResponse answer = response;
        if (setAside == null || answer == null) {
            throw new IllegalStateException("chain: never begun (expected: a chain that was set aside)");
        }
        // another thread, and the filter that put the id there is not run again
        String before = LogContext.enter(exchange.requestId());
        try {
            doFilter(setAside, answer);
        } finally {
            LogContext.leave(before);
        }
    }
}
