package dev.lintel.conformance.monolith;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers later, in every way that there is. */
public final class AsyncServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getAttribute("again") != null) {
            Text.write(response, "dispatched " + request.getDispatcherType() + " " + request.getRequestURI());
            return;
        }
        request.setAttribute("again", true);
        String how = String.valueOf(request.getPathInfo());
        AsyncContext context = how.startsWith("/named") ? request.startAsync(request, response) : request.startAsync();
        switch (how) {
            case "/complete", "/named" ->
                context.start(() -> {
                    answer(context, "completed");
                    context.complete();
                });
            case "/dispatch", "/named-dispatch" -> context.start(context::dispatch);
            case "/elsewhere" -> context.start(() -> context.dispatch("/about/x?c=3"));
            case "/timeout" -> {
                context.setTimeout(50);
                context.addListener(new Ending());
            }
            case "/timeout-unheard" -> context.setTimeout(50);
            case "/fail" ->
                context.start(() -> {
                    try {
                        ((HttpServletResponse) context.getResponse()).sendError(503, "later");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                    context.complete();
                });
            default -> throw new ServletException("thrown after startAsync");
        }
    }

    private static void answer(AsyncContext context, String text) {
        try {
            Text.write((HttpServletResponse) context.getResponse(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers when the time is over. */
    private static final class Ending implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(504);
            answer(event.getAsyncContext(), "timed out");
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
