package dev.lintel.examples;

import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/**
 * One filter in an application that has nothing else of Lintel. The registration is what a {@code web.xml} would say, line
 * by line; in any servlet container it looks much the same.
 */
public final class FilterAlone {

    private FilterAlone() {}

    /**
     * Serves the application until it is told to end.
     *
     * @param args the port, 8080 by default
     */
    public static void main(String[] args) throws Exception {
        int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
        Server server = start(port);
        System.out.println("curl -i " + server.getURI() + "hello                             # 401");
        System.out.println("curl -i " + server.getURI() + "hello -H 'X-API-Key: demo-key'    # 200");
        server.join();
    }

    static Server start(int port) throws Exception {
        ServletContextHandler application = new ServletContextHandler("/");
        application.addServlet(new Hello(), "/hello");

        FilterHolder filter = new FilterHolder(ApiKeyAuthFilter.class);
        // consumer:sha256 of the key, as `printf demo-key | sha256sum` prints it
        filter.setInitParameter("keys", "demo:c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c");
        filter.setAsyncSupported(true);
        application.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));

        Server server = new Server(port);
        server.setHandler(application);
        server.start();
        return server;
    }

    /** The application: greets the consumer whose key it was. */
    private static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().println("hello " + request.getHeader("X-Consumer-ID"));
        }
    }
}
