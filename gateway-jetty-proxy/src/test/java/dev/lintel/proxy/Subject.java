package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.jspecify.annotations.Nullable;

/** A proxy to one upstream, with a filter that gives every request the identity {@code alice}. */
enum Subject {
    /** The gateway. */
    OURS {
        @Override
        HttpServlet servlet(String target) {
            Filter identity = (request, response, chain) -> {
                Exchange exchange = Exchange.of(request);
                if (exchange != null) {
                    exchange.requestHeaders().set("X-User-ID", "alice");
                }
                chain.doFilter(request, response);
            };
            return new GatewayServlet(Gateway.builder()
                    .filter(identity)
                    .upstream(Upstream.named("service").target(target))
                    .route(Route.named("all").path("/**").to("service"))
                    .build());
        }

        @Override
        Map<String, String> params(String target) {
            return Map.of();
        }

        @Override
        Duration patience() {
            return Duration.ofSeconds(10);
        }
    },

    /** Jetty's own proxy, and a filter that does as its like do: it wraps the request. */
    STOCK {
        @Override
        HttpServlet servlet(String target) {
            return new AsyncProxyServlet.Transparent();
        }

        @Override
        Map<String, String> params(String target) {
            return Map.of("proxyTo", target, "timeout", "30000");
        }

        @Override
        @Nullable
        Filter filter() {
            return (request, response, chain) -> chain.doFilter(new Identified((HttpServletRequest) request), response);
        }

        @Override
        Duration patience() {
            return Duration.ofSeconds(2);
        }
    };

    /** The servlet, to be mapped to everything. */
    abstract HttpServlet servlet(String target);

    abstract Map<String, String> params(String target);

    /** How long a client waits before it calls an answer missing. */
    abstract Duration patience();

    /** The identity filter, unless the servlet brings it. */
    @Nullable
    Filter filter() {
        return null;
    }

    WebApp start(Container container, String target) {
        return start(WebApp.on(container), target, container == Container.TOMCAT_10);
    }

    WebApp start(WebApp.Builder app, String target, boolean ownThreads) {
        ServletSetup setup = ServletSetup.of("proxy", servlet(target));
        params(target).forEach(setup::param);
        if (ownThreads && this == STOCK) {
            setup.param("maxThreads", "8");
        }
        Filter filter = filter();
        if (filter != null) {
            app.filter(FilterSetup.of("identity", filter));
        }
        return app.servlet(setup).start();
    }

    private static final class Identified extends HttpServletRequestWrapper {

        Identified(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("X-User-ID") ? "alice" : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("X-User-ID")
                    ? Collections.enumeration(List.of("alice"))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
            names.removeIf("X-User-ID"::equalsIgnoreCase);
            names.add("X-User-ID");
            return Collections.enumeration(names);
        }
    }
}
