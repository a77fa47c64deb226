package dev.lintel.router;

import dev.lintel.FilterTraits;
import dev.lintel.Gateway;
import dev.lintel.Stage;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.filter.UnguardedServlets;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as a filter in front of an application: some routes lead to upstreams, the rest to the application's own
 * servlets, with the same filters. What no route matches goes to the application, unless the gateway says otherwise.
 *
 * <p>Map it to {@code /*} before all others, for every kind of dispatch (error pages would see
 * the container's own request otherwise), with {@code <async-supported>true</async-supported>}. Given a gateway in the same
 * ways as {@link GatewayServlet}. Filters that wait do so on the request's thread, within their deadlines. Another
 * gateway can take its place at any time, see {@link LiveGateway}. Thread-safe.
 */
public final class RouterFilter implements Filter, LiveGateway {

    private volatile @Nullable Gateway given;
    private volatile @Nullable MountPoint mounted;
    private volatile @Nullable ServletContext context;
    private volatile String name = "";

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
        ServletContext where = config.getServletContext();
        Gateway known = given;
        Gateway gateway = known == null
                ? GatewaySource.find(config.getInitParameter("gateway"), config.getInitParameter("config"), where)
                : known;
        MountPoint point = new MountPoint(where, config.getFilterName(), MountPoint.Kind.FILTER);
        point.mountOrFail(gateway);
        mounted = point;
        context = where;
        name = config.getFilterName();
        where.setAttribute(LiveGateway.attribute(name), this);
        if (asksForCredentials(gateway)) {
            UnguardedServlets.tell(config, getClass());
        }
    }

    private static boolean asksForCredentials(Gateway gateway) {
        return Stream.concat(
                        gateway.filters().stream(),
                        gateway.routes().stream().flatMap(route -> route.filters().stream()))
                .anyMatch(filter -> filter instanceof FilterTraits traits && traits.stage() == Stage.AUTHENTICATION);
    }

    @Override
    public void destroy() {
        MountPoint point = mounted;
        ServletContext where = context;
        if (point != null && where != null) {
            mounted = null;
            where.removeAttribute(LiveGateway.attribute(name));
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

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        if (!(anyRequest instanceof HttpServletRequest request)
                || !(anyResponse instanceof HttpServletResponse response)) {
            throw new ServletException("request: refused (expected: HTTP)");
        }
        MountPoint point = point();
        DispatcherType dispatch = request.getDispatcherType();
        FrontDoor before = point.seenBefore(request);
        Terminal application = (exchange, view, answer) -> chain.doFilter(view, answer);
        // somebody in front may have dispatched before this filter ever saw the request
        if (dispatch == DispatcherType.REQUEST || before == null && dispatch != DispatcherType.ERROR) {
            point.enter(request).enter(request, response, application);
        } else {
            (before == null ? point.current() : before).pass(request, response, application);
        }
    }

    private MountPoint point() {
        MountPoint point = mounted;
        if (point == null) {
            throw new IllegalStateException("gateway: not mounted (expected: between init and destroy)");
        }
        return point;
    }
}
