package dev.lintel.server;

import dev.lintel.loop.WorkerHandover;
import dev.lintel.router.GatewayHold;
import dev.lintel.router.GatewayServlet;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Has a request handled by the gateway that was asked whether it may wait, should another take over in between. Thread-safe. */
final class GatewayForesight implements WorkerHandover.Foresight<GatewayHold> {

    private final GatewayServlet servlet;

    GatewayForesight(GatewayServlet servlet) {
        this.servlet = servlet;
    }

    @Override
    public @Nullable GatewayHold hold(Request request) {
        GatewayHold held = servlet.hold();
        if (held != null) {
            request.setAttribute(held.attribute(), held);
        }
        return held;
    }

    /** A request without a path is refused somewhere behind, which is nobody's hurry. */
    @Override
    public boolean mayWait(GatewayHold held, Request request) {
        @Nullable String path = request.getHttpURI().getPath();
        return path == null || held.mayWait(path);
    }

    @Override
    public void release(GatewayHold held) {
        held.release();
    }
}
