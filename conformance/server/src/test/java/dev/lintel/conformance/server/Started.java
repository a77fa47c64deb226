package dev.lintel.conformance.server;

import dev.lintel.conformance.Runner;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import java.nio.file.Path;

/** What was started for one run, in the server that comes with the gateway or in one of the containers that all tests use. */
record Started(int port, Runnable stop) implements Runner.Running {

    static Started server(GatewayServer server) {
        return new Started(server.port(), server::close);
    }

    /** Runs gateways as servlets and as filters of a container. */
    static Runner in(Container container) {
        return (form, gateway, application) -> {
            WebApp.Builder app = WebApp.on(container);
            return app(
                    form.inFrontOfApplication()
                            ? app.filter(FilterSetup.of("gateway", new RouterFilter(gateway)))
                                    .servlet(ServletSetup.of("application", application)
                                            .patterns("/*"))
                            : app.servlet(ServletSetup.of("gateway", new GatewayServlet(gateway))
                                    .patterns("/*")));
        };
    }

    static Started directory(Container container, Path webApp) {
        return app(WebApp.on(container).directory(webApp));
    }

    private static Started app(WebApp.Builder builder) {
        WebApp app = builder.start();
        return new Started(app.port(), app::close);
    }

    @Override
    public void close() {
        stop.run();
    }
}
