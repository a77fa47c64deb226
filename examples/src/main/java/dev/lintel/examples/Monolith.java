package dev.lintel.examples;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.demo.LocalServer;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.router.RouterFilter;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** An application from which one part has moved out: {@code /orders} goes to a service, the rest stays where it was. */
public final class Monolith {

    private Monolith() {}

    /**
     * Serves the application, and a service for orders beside it, until it is told to end.
     *
     * @param args the port, 8080 by default; the service takes the next one
     */
    public static void main(String[] args) throws Exception {
        int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
        try (LocalServer orders = startOrders(port + 1)) {
            Server server = start(port, orders.url());
            System.out.println("curl -i " + server.getURI() + "orders/1 -H 'X-API-Key: demo-key'   # 200, the service");
            System.out.println("curl -i " + server.getURI() + "orders/1                            # 401");
            System.out.println(
                    "curl -i " + server.getURI() + "invoices/1                          # 200, the application");
            server.join();
        }
    }

    static LocalServer startOrders(int port) {
        return LocalServer.start(
                port,
                request -> new LocalServer.Answer(
                        200, "text/plain", "orders for " + request.getHeaders().get("X-Consumer-ID") + "\n"));
    }

    static Server start(int port, String orders) throws Exception {
        ServletContextHandler application = new ServletContextHandler("/");
        application.addServlet(new Application(), "/");

        // region monolith
        Gateway gateway = Gateway.builder()
                .filter(RequestIdFilter.create())
                .upstream(Upstream.named("orders").target(orders))
                .route(Route.named("orders")
                        .path("/orders/**")
                        .filter(ApiKeyAuthFilter.builder()
                                .plainKey("demo", "demo-key")
                                .build())
                        .to("orders"))
                .build(); // what no route matches stays with the application
        FilterHolder router = new FilterHolder(new RouterFilter(gateway));
        router.setAsyncSupported(true);
        application.addFilter(router, "/*", EnumSet.allOf(DispatcherType.class));
        // endregion

        Server server = new Server(port);
        server.setHandler(application);
        server.start();
        return server;
    }

    /** What was there before. */
    private static final class Application extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().println("the application at " + request.getRequestURI());
        }
    }
}
