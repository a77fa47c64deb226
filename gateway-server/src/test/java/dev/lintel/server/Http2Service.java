package dev.lintel.server;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * A service of HTTP/2, and HTTP/1.1, that tells in fields of its answers what it received, and the digest of the body with it.
 * {@code /echo} is answered by what it received, as it comes; {@code /held} when the test says so; {@code /cut} never whole.
 */
final class Http2Service implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector;
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore aborted = new Semaphore(0);
    private final Semaphore held = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);

    private Http2Service(@Nullable SSLContext tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        if (tls == null) {
            connector = new ServerConnector(
                    server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        } else {
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setSslContext(tls);
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            alpn.setDefaultProtocol("h2");
            connector = new ServerConnector(
                    server,
                    1,
                    1,
                    new SslConnectionFactory(context, "alpn"),
                    alpn,
                    new HTTP2ServerConnectionFactory(http));
        }
        connector.setHost("127.0.0.1");
        connector.addBean(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                if (connection.getClass().getSimpleName().startsWith("HTTP2")) {
                    connections.incrementAndGet();
                }
            }
        });
        server.addConnector(connector);
        server.setHandler(new Telling());
    }

    static Http2Service start(@Nullable SSLContext tls) {
        Http2Service service = new Http2Service(tls);
        try {
            service.server.start();
            return service;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    String url(String scheme) {
        return scheme + "://127.0.0.1:" + connector.getLocalPort();
    }

    int port() {
        return connector.getLocalPort();
    }

    /** How many connections of HTTP/2 there were. */
    int connections() {
        return connections.get();
    }

    Semaphore held() {
        return held;
    }

    /** A permit for every request that ended before its answer. */
    Semaphore aborted() {
        return aborted;
    }

    void release() {
        release.countDown();
    }

    @Override
    public void close() {
        end();
    }

    /** Stops the service before the end of the test. */
    void end() {
        release.countDown();
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private final class Telling extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            HttpFields.Mutable told = response.getHeaders();
            told.add("X-Protocol", request.getConnectionMetaData().getProtocol());
            told.add("X-Authority", String.valueOf(request.getHttpURI().getAuthority()));
            told.add("X-Hosts", request.getHeaders().getValuesList("Host").toString());
            told.add("X-Cookies", request.getHeaders().getValuesList("Cookie").toString());
            told.add("X-Target", request.getHttpURI().getPathQuery());
            if (request.getHttpURI().getPath().equals("/held")) {
                request.addFailureListener(failure -> aborted.release());
                held.release();
                release.await();
            }
            if (request.getHttpURI().getPath().equals("/cut")) {
                Content.Sink.write(
                        response,
                        false,
                        "part",
                        Callback.from(() -> callback.failed(new IOException("cut short, as asked")), callback::failed));
                return true;
            }
            if (request.getHttpURI().getPath().equals("/echo")) {
                Content.copy(request, response, callback);
                return true;
            }
            MessageDigest digest = sha256();
            long length = 0;
            try (InputStream body = Content.Source.asInputStream(request)) {
                byte[] buffer = new byte[64 * 1024];
                for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                    digest.update(buffer, 0, count);
                    length += count;
                }
            }
            HttpFields trailers = request.getTrailers();
            told.add(
                    "X-Trailers",
                    trailers == null
                            ? "none"
                            : trailers.getValuesList("x-checksum").toString());
            told.add("X-Length", Long.toString(length));
            response.setTrailersSupplier(
                    () -> HttpFields.from(new org.eclipse.jetty.http.HttpField("grpc-status", "0")));
            Content.Sink.write(response, true, HexFormat.of().formatHex(digest.digest()), callback);
            return true;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
