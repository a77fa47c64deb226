package dev.lintel.conformance.jettyee11;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.ServletContainer;
import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty 12.1 with its Servlet 6.1 environment, and its defaults. */
final class JettyEe11 implements ServletContainer {

    private static final int MOST_THREADS = 32;

    @Override
    public Running start(ServletContainerInitializer application) {
        return start(application, new HttpConnectionFactory());
    }

    /** The same with HTTP/2 in clear text. */
    Running startHttp2(ServletContainerInitializer application) {
        HttpConfiguration http = new HttpConfiguration();
        return start(application, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    }

    /** An application of files and a {@code web.xml}, with the classes of the tests. */
    static Running startDirectory(Path webApp) {
        WebAppContext context = new WebAppContext();
        context.setBaseResourceAsPath(webApp);
        context.setParentLoaderPriority(true);
        context.setThrowUnavailableOnStartupException(true);
        return start(context, new HttpConnectionFactory());
    }

    private static Running start(ServletContainerInitializer application, ConnectionFactory... protocols) {
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addServletContainerInitializer(application);
        return start(context, protocols);
    }

    private static Running start(ServletContextHandler context, ConnectionFactory... protocols) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, protocols);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        context.setContextPath("/");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("application: not started by Jetty", e);
        }
        return new Started(server, connector.getLocalPort());
    }

    private record Started(Server server, int port) implements Runner.Running {

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("application: not stopped by Jetty", e);
            }
        }
    }
}
