package dev.lintel.loop;

import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Has requests that may wait handled by a worker, as well as those that come in one turn behind many; all others by the thread that
 * read them. It answers for it to Jetty that what is
 * behind it never holds the thread that reads. Thread-safe.
 *
 * @param <H> what is held of whoever handles the request, so that it is the same who has been asked
 */
public final class WorkerHandover<H> extends Handler.Wrapper {

    private final Foresight<H> foresight;

    /** Knows who is going to handle a request, and whether that may wait. */
    public interface Foresight<H> {

        /** Finds out who is going to handle a request, and holds on to it; null if nobody is known. */
        @Nullable
        H hold(Request request);

        /** Whether handling a request may hold its thread up; asked once for each, before anybody behind sees it. */
        boolean mayWait(H held, Request request);

        /** Lets go: the request was handled, as far as its first thread goes, or is not going to be. */
        void release(H held);
    }

    /**
     * Makes the handler.
     *
     * @param foresight is asked about each request
     */
    public WorkerHandover(Foresight<H> foresight) {
        this.foresight = foresight;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        H held = foresight.hold(request);
        boolean handedOver = false;
        try {
            if (held != null && !foresight.mayWait(held, request) && Turn.mayHandleRequest()) {
                return super.handle(request, response, callback);
            }
            getServer().getThreadPool().execute(() -> handleNow(held, request, response, callback));
            handedOver = true;
        } catch (RejectedExecutionException stopping) {
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        } finally {
            if (held != null && !handedOver) {
                foresight.release(held);
            }
        }
        return true;
    }

    private void handleNow(@Nullable H held, Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failed) {
            Response.writeError(request, response, callback, failed);
        } finally {
            if (held != null) {
                foresight.release(held);
            }
        }
    }
}
