package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.https.LiveTls;
import dev.lintel.option.GatewayException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}: 200 for as long as the process lives. {@code /ready}: 200, or 503 while the server starts, waits for a filter, or
 * drains. Both for GET and HEAD. {@code /reload}, where there is a reloader: by POST, has another gateway take over. All in JSON.
 * Thread-safe.
 */
final class AdminEndpoints extends Handler.Abstract.NonBlocking {

    private static final String READY = Phase.State.READY.word();

    private final Phase phase;
    private final Supplier<Gateway> gateway;
    private final Reloads reloads;
    private final @Nullable LiveTls tls;
    private final BrowserPages pages;

    AdminEndpoints(Phase phase, Supplier<Gateway> gateway, Reloads reloads, @Nullable LiveTls tls, BrowserPages pages) {
        this.pages = pages;
        this.tls = tls;
        this.phase = phase;
        this.gateway = gateway;
        this.reloads = reloads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (String.valueOf(request.getHttpURI().getPath())) {
            case "/health" -> {
                if (isRead(request, response, callback)) {
                    answer(request, response, callback, 200, AdminAnswers.status("alive"));
                }
            }
            case "/ready" -> {
                if (isRead(request, response, callback)) {
                    String status = readiness();
                    int code = status.equals(READY) ? 200 : 503;
                    answer(request, response, callback, code, readiness(status, request));
                }
            }
            case "/reload" -> reload(request, response, callback);
            default -> Response.writeError(request, response, callback, 404);
        }
        return true;
    }

    private static boolean isRead(Request request, Response response, Callback callback) {
        return request.getMethod().equals("HEAD") || isAllowed("GET", "GET, HEAD", request, response, callback);
    }

    private static boolean isAllowed(
            String method, String allowed, Request request, Response response, Callback callback) {
        if (request.getMethod().equals(method)) {
            return true;
        }
        response.getHeaders().put(HttpHeader.ALLOW, allowed);
        Response.writeError(request, response, callback, 405);
        return false;
    }

    private void reload(Request request, Response response, Callback callback) {
        if (!reloads.isPossible()) {
            Response.writeError(request, response, callback, 404);
            return;
        }
        if (!isAllowed("POST", "POST", request, response, callback)) {
            return;
        }
        if (pages.mayHaveMade(request)) {
            Response.writeError(request, response, callback, 403);
            return;
        }
        try {
            // files are read and filters initialised, while others ask whether the server is alive
            getServer().getThreadPool().execute(() -> reloadNow(request, response, callback));
        } catch (RejectedExecutionException stopping) {
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
    }

    private void reloadNow(Request request, Response response, Callback callback) {
        try {
            boolean mine = phase.state() == Phase.State.READY && reloads.tryReload();
            String status = mine ? "reloaded" : "busy";
            answer(request, response, callback, mine ? 200 : 409, AdminAnswers.status(status));
        } catch (GatewayException unusable) {
            answer(request, response, callback, 422, AdminAnswers.failure(unusable.problems()));
        } catch (Throwable failed) {
            Response.writeError(request, response, callback, failed);
        }
    }

    private static void answer(Request request, Response response, Callback callback, int code, byte[] body) {
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }

    /** What has failed names files and what is in them, which is nothing for pages. */
    private byte[] readiness(String status, Request request) {
        return pages.mayHaveMade(request)
                ? AdminAnswers.status(status)
                : AdminAnswers.readiness(status, reloads.lastFailure(), tls == null ? null : tls.failure());
    }

    private String readiness() {
        Phase.State state = phase.state();
        return state == Phase.State.READY && !gateway.get().isReady() ? "waiting" : state.word();
    }
}
