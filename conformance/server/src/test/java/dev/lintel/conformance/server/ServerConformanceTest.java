package dev.lintel.conformance.server;

import dev.lintel.Gateway;
import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.conformance.Runner;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;

/** The suite in the server that comes with the gateway, and in the two containers of Servlet 6.0 that all tests use. */
class ServerConformanceTest extends ConformanceRun {

    ServerConformanceTest() {
        super(
                ServerConformanceTest::run,
                Form.SERVER,
                Form.SERVER_HAND_OVERS,
                Form.SERVLET_JETTY_EE10,
                Form.FILTER_JETTY_EE10,
                Form.SERVLET_TOMCAT_10,
                Form.FILTER_TOMCAT_10);
    }

    private static Runner.Running run(Form form, Gateway gateway, HttpServlet application) {
        return switch (form) {
            case SERVLET_JETTY_EE10 -> servlet(Container.JETTY_EE10, gateway);
            case FILTER_JETTY_EE10 -> filter(Container.JETTY_EE10, gateway, application);
            case SERVLET_TOMCAT_10 -> servlet(Container.TOMCAT_10, gateway);
            case FILTER_TOMCAT_10 -> filter(Container.TOMCAT_10, gateway, application);
            case SERVER_HAND_OVERS -> server(gateway, false);
            default -> server(gateway, true);
        };
    }

    private static Runner.Running server(Gateway gateway, boolean oneLoop) {
        GatewayServer server = GatewayServer.builder(gateway)
                .host("127.0.0.1")
                .port(0)
                .withoutAdminPort()
                .oneLoop(oneLoop)
                .stopTimeout(Duration.ofSeconds(2))
                .start();
        return running(server.port(), server::close);
    }

    private static Runner.Running servlet(Container container, Gateway gateway) {
        WebApp app = WebApp.on(container)
                .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)).patterns("/*"))
                .start();
        return running(app.port(), app::close);
    }

    private static Runner.Running filter(Container container, Gateway gateway, HttpServlet application) {
        WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("gateway", new RouterFilter(gateway)))
                .servlet(ServletSetup.of("application", application).patterns("/*"))
                .start();
        return running(app.port(), app::close);
    }

    static Runner.Running running(int port, Runnable stop) {
        return new Runner.Running() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() {
                stop.run();
            }
        };
    }
}
