package dev.lintel.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /health}: 200 for as long as the process lives. {@code /ready}: 200, or 503 while the server starts or drains.
 * Both in JSON, for GET and HEAD. Thread-safe.
 */
final class AdminEndpoints extends Handler.Abstract.NonBlocking {

    private final Phase phase;

    AdminEndpoints(Phase phase) {
        this.phase = phase;
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
        Phase.State state = phase.state();
        String status = health ? "alive" : state.word();
        byte[] body = ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.US_ASCII);
        response.setStatus(health || state == Phase.State.READY ? 200 : 503);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }
}
