package dev.lintel.router;

import dev.lintel.Gateway;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as a filter in front of an application: some routes lead to upstreams, the rest to the application's own
 * servlets, with the same filters. What no route matches goes to the application, unless the gateway says otherwise.
 *
 * <p>Map it to {@code /*} before all others, for every kind of dispatch (error pages would see
 * the container's own request otherwise), with {@code <async-supported>true</async-supported>}. Given a gateway in the same
 * ways as {@link GatewayServlet}. Filters that wait do so on the request's thread, within their deadlines. Thread-safe.
 */
public final class RouterFilter implements Filter {

    private final @Nullable Gateway given;
    private @Nullable MountedGateway mounted;
    private @Nullable FrontDoor door;
    /** The request attribute that says that this filter, and no other of its kind, has taken the request in. */
    private String mark = "";

    /** For {@code web.xml}: the gateway is found when the filter is initialised. */
    public RouterFilter() {
        this.given = null;
    }

    /**
     * For registration in code.
     *
     * @param gateway what the filter runs
     */
    public RouterFilter(Gateway gateway) {
        this.given = gateway;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        Gateway gateway = given == null
                ? GatewaySource.find(config.getInitParameter("gateway"), config.getServletContext())
                : given;
        MountedGateway ready = MountedGateway.mount(gateway, config.getServletContext(), config.getFilterName(), true);
        mounted = ready;
        mark = RouterFilter.class.getName() + "." + config.getFilterName();
        door = new FrontDoor(ready, false, true);
    }

    @Override
    public void destroy() {
        if (mounted != null) {
            mounted.unmount();
        }
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        FrontDoor entrance = door;
        if (entrance == null
                || !(anyRequest instanceof HttpServletRequest request)
                || !(anyResponse instanceof HttpServletResponse response)) {
            throw new ServletException("request: refused (expected: HTTP, after init)");
        }
        DispatcherType dispatch = request.getDispatcherType();
        boolean takenIn = request.getAttribute(mark) != null;
        Terminal application = (exchange, view, answer) -> chain.doFilter(view, answer);
        // somebody in front may have dispatched before this filter ever saw the request
        if (dispatch == DispatcherType.REQUEST || !takenIn && dispatch != DispatcherType.ERROR) {
            request.setAttribute(mark, true);
            entrance.enter(request, response, application);
        } else {
            entrance.pass(request, response, application);
        }
    }
}
