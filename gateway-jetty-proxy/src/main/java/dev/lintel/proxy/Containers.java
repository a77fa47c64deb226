package dev.lintel.proxy;

import jakarta.servlet.ServletRequest;

/** Keeps classes that need Jetty's server from being loaded where it is not, or not for the application to see. */
final class Containers {

    static final ClientConnection UNKNOWN = new ClientConnection() {};

    private static final boolean JETTY_IS_VISIBLE = isVisible("org.eclipse.jetty.ee10.servlet.ServletContextRequest");

    private Containers() {}

    static ClientConnection jetty(ServletRequest request) {
        return JETTY_IS_VISIBLE ? JettyConnection.of(request) : UNKNOWN;
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
