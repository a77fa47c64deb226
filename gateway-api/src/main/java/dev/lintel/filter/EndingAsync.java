package dev.lintel.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** An asynchronous request whose answer is brought to its end before it is complete. */
final class EndingAsync implements AsyncContext {

    private final AsyncContext async;
    private final AsyncEnding answer;

    EndingAsync(AsyncContext async, AsyncEnding answer) {
        this.async = async;
        this.answer = answer;
    }

    @Override
    public void complete() {
        answer.complete(async::complete);
    }

    @Override
    public void dispatch() {
        answer.suspend();
        async.dispatch();
    }

    @Override
    public void dispatch(String path) {
        answer.suspend();
        async.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        answer.suspend();
        async.dispatch(context, path);
    }

    @Override
    public ServletRequest getRequest() {
        return async.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return async.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return async.hasOriginalRequestAndResponse();
    }

    @Override
    public void start(Runnable task) {
        async.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        async.addListener(new Shown(listener));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        async.addListener(new Shown(listener), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return async.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        async.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return async.getTimeout();
    }

    /** Shows a listener this context in place of the container's, past which it would complete. */
    private final class Shown implements AsyncListener {

        private final AsyncListener listener;

        Shown(AsyncListener listener) {
            this.listener = listener;
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(shown(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(shown(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(shown(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(shown(event));
        }

        private AsyncEvent shown(AsyncEvent event) {
            return new AsyncEvent(
                    new EndingAsync(event.getAsyncContext(), answer),
                    event.getSuppliedRequest(),
                    event.getSuppliedResponse(),
                    event.getThrowable());
        }
    }
}
