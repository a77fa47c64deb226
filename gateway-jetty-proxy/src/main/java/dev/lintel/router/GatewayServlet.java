package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.filter.Rejections;
import dev.lintel.reject.Rejection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as one servlet, in any container. Registered in code with a gateway, or in {@code web.xml} with the init-param
 * {@code gateway}, the name of a class that is a {@code Supplier<Gateway>}, or {@code config}, a file that a {@link GatewayReader} reads,
 * or with a {@link Gateway} in the context attribute {@code dev.lintel.gateway}. Must be registered with {@code <async-supported>true</async-supported>}. Another gateway can
 * take its place at any time, see {@link LiveGateway}. Thread-safe.
 */
public final class GatewayServlet extends HttpServlet implements LiveGateway {

    /**
     * A request attribute: a {@link Rejection} by the server in front, which could not understand the request. The gateway
     * gives the request its id and its line in the log, and answers so; only filters that belong before authentication run.
     */
    public static final String REFUSED = "dev.lintel.refused";

    private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Gateway given;
    private transient volatile @Nullable MountPoint mounted;

    /** For {@code web.xml}: the gateway is found when the servlet is initialised. */
    public GatewayServlet() {
        this.given = null;
    }

    /**
     * For registration in code.
     *
     * @param gateway what the servlet runs
     */
    public GatewayServlet(Gateway gateway) {
        this.given = gateway;
    }

    @Override
    public void init() throws ServletException {
        Gateway known = given;
        Gateway gateway = known == null
                ? GatewaySource.find(getInitParameter("gateway"), getInitParameter("config"), getServletContext())
                : known;
        MountPoint point = new MountPoint(getServletContext(), getServletName(), MountPoint.Kind.SERVLET);
        point.mountOrFail(gateway);
        mounted = point;
        getServletContext().setAttribute(LiveGateway.attribute(getServletName()), this);
    }

    @Override
    public void destroy() {
        MountPoint point = mounted;
        if (point != null) {
            mounted = null;
            getServletContext().removeAttribute(LiveGateway.attribute(getServletName()));
            point.close();
        }
    }

    @Override
    public Gateway gateway() {
        return point().current().mounted().gateway();
    }

    @Override
    public Explanation explain(RequestDescription request) {
        return point().explain(request);
    }

    @Override
    public synchronized void replace(Gateway next) {
        point().replace(next);
        if (given != null) {
            given = next;
        }
    }

    /**
     * Holds on to the gateway that is served now, for a server that looks at a request on its way here and has to see the same one. Null
     * if nothing is served.
     */
    public @Nullable GatewayHold hold() {
        MountPoint point = mounted;
        return point == null ? null : point.hold();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RouteChain suspended = RouteChain.suspendedIn(request);
        if (suspended != null && request.getDispatcherType() == DispatcherType.ASYNC) {
            FrontDoor.resume(suspended, request, response);
        } else if (request.getDispatcherType() == DispatcherType.ERROR) {
            answerError(request, response);
        } else {
            point().enter(request).enter(request, response, null);
        }
    }

    private MountPoint point() {
        MountPoint point = mounted;
        if (point == null) {
            throw new IllegalStateException("gateway: not mounted (expected: between init and destroy)");
        }
        return point;
    }

    /** The container's own error, dispatched here because the servlet is mapped to everything: never routed. */
    private static void answerError(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer number && number >= 400 && number <= 599 ? number : 500;
        Rejection rejection = status < 500
                ? Rejection.client(status, "refused", "The request was refused.")
                : Rejection.gateway(status, "internal-error", "The gateway failed to handle the request.");
        Exchange exchange = Exchange.of(request);
        if (exchange != null) {
            Rejections.answer(exchange, request, response, rejection);
        } else {
            dev.lintel.reject.RejectionWriter.problemJson().write(request, response, rejection, null);
        }
    }
}
