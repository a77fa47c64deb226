package dev.lintel.testing;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with its defaults, as somebody else would run it. */
final class JettyContainer implements RunningContainer {

    private static final int MOST_THREADS = 32;

    private final Server server;
    private final ServerConnector connector;
    private final WebAppDirectory directory;

    private JettyContainer(Server server, ServerConnector connector, WebAppDirectory directory) {
        this.server = server;
        this.connector = connector;
        this.directory = directory;
    }

    static JettyContainer start(WebApp.Builder app) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("web-app-jetty");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppDirectory directory = WebAppDirectory.create(app.webXml, app.files);
        ServletContextHandler context = app.webXml == null ? new ServletContextHandler() : webApp(directory);
        context.setContextPath(app.contextPath.isEmpty() ? "/" : app.contextPath);
        if (app.encodedSlashes) {
            HttpConfiguration http =
                    connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
            http.setUriCompliance(UriCompliance.from("DEFAULT,AMBIGUOUS_PATH_SEPARATOR"));
            context.getServletHandler().setDecodeAmbiguousURIs(true);
        }
        context.addServletContainerInitializer((classes, servletContext) -> app.register(servletContext));
        server.setHandler(context);
        JettyContainer container = new JettyContainer(server, connector, directory);
        try {
            server.start();
            return container;
        } catch (Exception e) {
            container.close();
            throw new IllegalStateException("web application: not started by Jetty: " + e.getMessage(), e);
        }
    }

    private static WebAppContext webApp(WebAppDirectory directory) {
        WebAppContext context = new WebAppContext();
        context.setBaseResourceAsPath(directory.content());
        context.setDescriptor(directory.descriptor().toUri().toString());
        context.setTempDirectory(directory.work().toFile());
        context.setParentLoaderPriority(true);
        context.setThrowUnavailableOnStartupException(true);
        return context;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("web application: not stopped by Jetty", e);
        } finally {
            server.destroy();
            directory.delete();
        }
    }
}
