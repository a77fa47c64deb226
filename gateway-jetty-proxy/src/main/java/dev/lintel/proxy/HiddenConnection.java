package dev.lintel.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import java.io.Closeable;
import java.lang.reflect.Method;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a container whose classes the application cannot see, or that Lintel is not compiled against: Jetty's in a
 * web application or of another environment, and Undertow's. All that is done here is to break it, by the container's own
 * public methods. For one request.
 */
abstract class HiddenConnection implements ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    private final ServletRequest request;

    private HiddenConnection(ServletRequest request) {
        this.request = request;
    }

    /** Jetty's, of any environment. */
    static ClientConnection jetty(ServletRequest request) {
        return new HiddenConnection(request) {
            @Override
            void breakOff(ServletRequest innermost, Throwable failure) throws ReflectiveOperationException {
                breakJetty(innermost, failure);
            }
        };
    }

    /** Undertow's. */
    static ClientConnection undertow(ServletRequest request) {
        return new HiddenConnection(request) {
            @Override
            void breakOff(ServletRequest innermost, Throwable failure) throws ReflectiveOperationException {
                breakUndertow(innermost);
            }

            @Override
            public void letGo() {
                try {
                    closeUndertow(request);
                } catch (ReflectiveOperationException | RuntimeException unknown) {
                    LOG.warn("connection: left to its client, which owes a body", unknown);
                }
            }
        };
    }

    @Override
    public boolean breakOff(AsyncContext async, CallFailure failure) {
        try {
            breakOff(request, failure.exception());
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.warn("connection: not broken off, an answer cut short may look whole to its client", unknown);
        }
        return false;
    }

    abstract void breakOff(ServletRequest innermost, Throwable failure) throws ReflectiveOperationException;

    private static void breakJetty(ServletRequest request, Throwable failure) throws ReflectiveOperationException {
        Class<?> own = request.getClass();
        Class<?> type = Class.forName(own.getPackageName() + ".ServletContextRequest", false, own.getClassLoader());
        Object core =
                type.getMethod("getServletContextRequest", ServletRequest.class).invoke(null, request);
        Object channel = type.getMethod("getServletChannel").invoke(core);
        if (request.getProtocol().startsWith("HTTP/1")) {
            ClassLoader loader = type.getClassLoader();
            Object data = call(loader, "org.eclipse.jetty.server.Request", "getConnectionMetaData", core);
            Object connection = call(loader, "org.eclipse.jetty.server.ConnectionMetaData", "getConnection", data);
            Object endPoint = call(loader, "org.eclipse.jetty.io.Connection", "getEndPoint", connection);
            resetOnClose(call(loader, "org.eclipse.jetty.io.EndPoint", "getTransport", endPoint));
        }
        channel.getClass().getMethod("abort", Throwable.class).invoke(channel, failure);
    }

    private static void breakUndertow(ServletRequest request) throws ReflectiveOperationException {
        Object exchange = request.getClass().getMethod("getExchange").invoke(request);
        Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
        ClassLoader loader = exchange.getClass().getClassLoader();
        Class<?> type = Class.forName("io.undertow.server.ServerConnection", false, loader);
        Class<?> option = Class.forName("org.xnio.Option", false, loader);
        Object reset = Class.forName("org.xnio.Options", false, loader)
                .getField("CLOSE_ABORT")
                .get(null);
        Method setOption = type.getMethod("setOption", option, Object.class);
        setOption.invoke(connection, reset, true);
        if (connection instanceof Closeable closeable) {
            close(closeable);
        }
    }

    /** An exchange is complete when its request was read to the end, too; what is on the connection then is another's. */
    private static void closeUndertow(ServletRequest request) throws ReflectiveOperationException {
        Object exchange = request.getClass().getMethod("getExchange").invoke(request);
        boolean complete = (boolean) exchange.getClass().getMethod("isComplete").invoke(exchange);
        if (!complete
                && exchange.getClass().getMethod("getConnection").invoke(exchange) instanceof Closeable connection) {
            close(connection);
        }
    }

    private static Object call(ClassLoader loader, String type, String method, Object target)
            throws ReflectiveOperationException {
        return Class.forName(type, false, loader).getMethod(method).invoke(target);
    }

    /** An answer that lasts until the connection ends is whole after a FIN, never after a RST. */
    private static void resetOnClose(Object transport) {
        if (transport instanceof SocketChannel socket) {
            try {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (java.io.IOException | UnsupportedOperationException over) {
                LOG.debug("connection: closed already, or not a TCP socket");
            }
        }
    }

    private static void close(Closeable connection) {
        try {
            connection.close();
        } catch (java.io.IOException over) {
            LOG.debug("connection: closed already");
        }
    }
}
