package dev.lintel.loop;

import static java.util.Objects.requireNonNull;

import dev.lintel.filter.NonWaiting;
import dev.lintel.proxy.UpstreamProxyServlet;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ClientConnector;
import org.jspecify.annotations.Nullable;

/**
 * A filter that does nothing but let a test get at the connectors of the server that it is in, which are made as ever. It is told of them
 * before there is any connection.
 */
final class LoopAccess implements Filter, NonWaiting {

    private final LoopConnector.@Nullable EndPoints endPoints;
    private volatile @Nullable ClientConnector toUpstreams;
    private volatile @Nullable LoopThreads threads;

    /**
     * Makes one for one server.
     *
     * @param endPoints makes the end points of both sides; null for those that there are without it
     */
    LoopAccess(LoopConnector.@Nullable EndPoints endPoints) {
        this.endPoints = endPoints;
    }

    @Override
    public void init(FilterConfig config) {
        ServletContext context = config.getServletContext();
        LoopConnector server = (LoopConnector) context.getAttribute(UpstreamProxyServlet.CONNECTORS);
        if (endPoints != null) {
            server.endPoints(endPoints);
        }
        threads = (LoopThreads) server.getExecutor();
        Supplier<ClientConnector> noting = () -> {
            ClientConnector made = server.get();
            toUpstreams = made;
            return made;
        };
        context.setAttribute(UpstreamProxyServlet.CONNECTORS, noting);
    }

    /** What opens connections to upstreams of HTTP/1.1, once the server has started. */
    ClientConnector toUpstreams() {
        return requireNonNull(toUpstreams, "started");
    }

    /** The threads of the server, once it has started. */
    LoopThreads threads() {
        return requireNonNull(threads, "started");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
