package dev.lintel.proxy;

import dev.lintel.testing.TestAuthority;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A proxy behind HTTP/2 over TLS, and a client for it. */
final class Http2App implements AutoCloseable {

    private final TestAuthority authority = TestAuthority.create();
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final Server server = new Server(null, null, buffers);
    private final ServerConnector connector;

    private Http2App(HttpServlet servlet, Map<String, String> params, @Nullable Filter filter) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(authority.issue("localhost").context());
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("h2");
        connector = new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder("proxy", servlet);
        holder.setInitParameters(params);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        if (filter != null) {
            FilterHolder filterHolder = new FilterHolder(filter);
            filterHolder.setAsyncSupported(true);
            context.addFilter(filterHolder, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        server.setHandler(context);
    }

    static Http2App start(Subject subject, String target) {
        return start(new Http2App(subject.servlet(target), subject.params(target), subject.filter()));
    }

    static Http2App start(HttpServlet servlet, @Nullable Filter filter) {
        return start(new Http2App(servlet, Map.of(), filter));
    }

    private static Http2App start(Http2App app) {
        try {
            app.server.start();
            return app;
        } catch (Exception failed) {
            app.close();
            throw new IllegalStateException(failed);
        }
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(authority.trusting())
                .build();
    }

    /** How many buffers are held that a class has asked for. */
    long held(Class<?> by) {
        return buffers.getLeaks().stream()
                .filter(buffer -> Stream.of(buffer.getAcquireStack().getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(by.getName())))
                .count();
    }

    /** Whether no request is being handled: all that are open have been set aside. */
    boolean isQuiet() {
        return ((QueuedThreadPool) server.getThreadPool()).getUtilizedThreads() == 0;
    }

    URI uri(String target) {
        return URI.create("https://localhost:" + connector.getLocalPort() + target);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
