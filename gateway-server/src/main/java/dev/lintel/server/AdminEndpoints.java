package dev.lintel.server;

import dev.lintel.Gateway;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /health}: 200 for as long as the process lives. {@code /ready}: 200, or 503 while the server starts, waits for a filter, or
 * drains. Both in JSON, for GET and HEAD. Thread-safe.
 */
final class AdminEndpoints extends Handler.Abstract.NonBlocking {

    private static final String READY = Phase.State.READY.word();

    private final Phase phase;
    private final Gateway gateway;

    AdminEndpoints(Phase phase, Gateway gateway) {
        this.phase = phase;
        this.gateway = gateway;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        boolean health = "/health".equals(path);
        if (!health && !"/ready".equals(path)) {
            Response.writeError(request, response, callback, 404);
            return true;
        }
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, 405);
            return true;
        }
        String status = health ? "alive" : readiness();
        byte[] body = ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.US_ASCII);
        response.setStatus(health || status.equals(READY) ? 200 : 503);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }

    private String readiness() {
        Phase.State state = phase.state();
        return state == Phase.State.READY && !gateway.isReady() ? "waiting" : state.word();
    }
}
