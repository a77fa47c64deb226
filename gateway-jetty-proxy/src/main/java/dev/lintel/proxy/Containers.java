package dev.lintel.proxy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.client.HttpClient;

/** Keeps classes that need Jetty's server from being loaded where it is not, or not for the application to see. */
final class Containers {

    static final ClientConnection UNKNOWN = new ClientConnection() {};

    private static final boolean JETTY_IS_VISIBLE = isVisible("org.eclipse.jetty.ee10.servlet.ServletContextRequest");

    private Containers() {}

    static ClientConnection jetty(ServletRequest request) {
        return JETTY_IS_VISIBLE ? JettyConnection.of(request) : HiddenConnection.jetty(request);
    }

    /** Has a client use the scheduler and the buffers of the server that it runs in; false if that is not Jetty. */
    static boolean shareJettyServer(HttpClient client, ServletContext context) {
        return JETTY_IS_VISIBLE && JettyConnection.shareServer(client, context);
    }

    /** Ends a started client with the server that it shares. */
    static void stopWithServer(HttpClient client, ServletContext context) {
        if (JETTY_IS_VISIBLE) {
            JettyConnection.stopWithServer(client, context);
        }
    }

    private static boolean isVisible(String type) {
        try {
            Class.forName(type, false, Containers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
