package dev.lintel.filter;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/** A request whose asynchronous end is that of an answer too, which a filter has more to do with. Confined to its request. */
public final class EndingRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final AsyncEnding answer;

    /**
     * Makes the view.
     *
     * @param request the request
     * @param response what it is dispatched with by who goes asynchronous and names no response
     * @param answer is told
     */
    public EndingRequest(HttpServletRequest request, HttpServletResponse response, AsyncEnding answer) {
        super(request);
        this.response = requireNonNull(response, "response");
        this.answer = requireNonNull(answer, "answer");
    }

    /** Whether a request is, or is around, one that ends with an answer of that type. */
    public static boolean isEndingWith(ServletRequest request, Class<? extends AsyncEnding> type) {
        ServletRequest below = request;
        while (below instanceof ServletRequestWrapper wrapper) {
            if (below instanceof EndingRequest ending && type.isInstance(ending.answer)) {
                return true;
            }
            below = wrapper.getRequest();
        }
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse with) {
        AsyncContext started = super.startAsync(request, with);
        answer.leaveOpen();
        return new EndingAsync(started, answer);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new EndingAsync(super.getAsyncContext(), answer);
    }
}
