package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
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
 * {@code gateway}, the name of a class that is a {@code Supplier<Gateway>}, or with a {@link Gateway} in the context
 * attribute {@code dev.lintel.gateway}. Must be registered with {@code <async-supported>true</async-supported>}. Thread-safe.
 */
public final class GatewayServlet extends HttpServlet {

    /**
     * A request attribute: a {@link Rejection} by the server in front, which could not understand the request. The gateway
     * gives the request its id and its line in the log, and answers so; only filters that belong before authentication run.
     */
    public static final String REFUSED = "dev.lintel.refused";

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Gateway given;
    private transient @Nullable MountedGateway mounted;
    private transient @Nullable FrontDoor door;

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
        Gateway gateway = given == null ? GatewaySource.find(getInitParameter("gateway"), getServletContext()) : given;
        MountedGateway ready = MountedGateway.mount(gateway, getServletContext(), getServletName(), false);
        mounted = ready;
        door = new FrontDoor(ready, true, false);
    }

    @Override
    public void destroy() {
        if (mounted != null) {
            mounted.unmount();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        FrontDoor entrance = door;
        if (entrance == null) {
            throw new ServletException("gateway: not mounted (expected: init before service)");
        }
        RouteChain suspended = RouteChain.suspendedIn(request);
        if (suspended != null && request.getDispatcherType() == DispatcherType.ASYNC) {
            entrance.resume(suspended, request, response);
        } else if (request.getDispatcherType() == DispatcherType.ERROR) {
            answerError(request, response);
        } else {
            entrance.enter(request, response, null);
        }
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
