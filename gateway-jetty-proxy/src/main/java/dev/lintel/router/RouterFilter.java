package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.ExchangeResponse;
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
 * <p>Map it to {@code /*} before all others, with {@code <async-supported>true</async-supported>}. Given a gateway in the same
 * ways as {@link GatewayServlet}. Filters that wait do so on the request's thread, within their deadlines. Thread-safe.
 */
public final class RouterFilter implements Filter {

    private final @Nullable Gateway given;
    private @Nullable MountedGateway mounted;
    private @Nullable FrontDoor door;

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
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            entrance.enter(request, response, (exchange, view, answer) -> chain.doFilter(view, answer));
            return;
        }
        // dispatches within the application were admitted when their request came; the views must not get lost
        Exchange exchange = Exchange.of(request);
        if (exchange == null) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(ExchangeRequest.of(request, exchange), ExchangeResponse.of(response, exchange));
        }
    }
}
