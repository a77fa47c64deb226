package dev.lintel.proxy;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import java.util.function.UnaryOperator;

/** A gateway with one route for every path to one upstream, as a servlet in a container. */
final class ProxyApp implements AutoCloseable {

    private final WebApp app;

    private ProxyApp(WebApp app) {
        this.app = app;
    }

    static ProxyApp in(Container container, String... targets) {
        return in(container, route -> route, targets);
    }

    static ProxyApp in(Container container, UnaryOperator<RouteBuilder> options, String... targets) {
        return in(container, Gateway.builder(), options, targets);
    }

    static ProxyApp in(
            Container container, GatewayBuilder gateway, UnaryOperator<RouteBuilder> options, String... targets) {
        Upstream.Builder upstream = Upstream.named("service");
        for (String target : targets) {
            upstream.target(target);
        }
        return in(container, gateway, upstream, options);
    }

    static ProxyApp in(
            Container container,
            GatewayBuilder gateway,
            Upstream.Builder upstream,
            UnaryOperator<RouteBuilder> options) {
        Gateway built = gateway.upstream(upstream)
                .route(options.apply(Route.named("all").path("/**")).to("service"))
                .build();
        return new ProxyApp(WebApp.on(container)
                .servlet(ServletSetup.of("gateway", new GatewayServlet(built)))
                .start());
    }

    int port() {
        return app.port();
    }

    RawResponse exchange(RawRequest request) {
        return RawClient.exchange(app.port(), request);
    }

    RawClient connect() {
        return RawClient.connect(app.port());
    }

    @Override
    public void close() {
        app.close();
    }
}
