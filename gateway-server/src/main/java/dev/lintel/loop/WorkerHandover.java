package dev.lintel.loop;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Has requests that may wait handled by a worker, as well as those that come in one turn behind many; all others by the thread that
 * read them. It answers for it to Jetty that what is
 * behind it never holds the thread that reads. Thread-safe.
 */
public final class WorkerHandover extends Handler.Wrapper {

    private final Predicate<Request> mayWait;

    /**
     * Makes the handler.
     *
     * @param mayWait whether handling a request may hold its thread up; asked once for each, before anybody behind sees it
     */
    public WorkerHandover(Predicate<Request> mayWait) {
        this.mayWait = mayWait;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!mayWait.test(request) && Turn.mayHandleRequest()) {
            return super.handle(request, response, callback);
        }
        try {
            getServer().getThreadPool().execute(() -> handleNow(request, response, callback));
        } catch (RejectedExecutionException stopping) {
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
        return true;
    }

    private void handleNow(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failed) {
            Response.writeError(request, response, callback, failed);
        }
    }
}
