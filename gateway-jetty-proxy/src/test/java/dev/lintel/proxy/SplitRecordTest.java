package dev.lintel.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Answer;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;

/** A body in a TLS record of which only a part has come when the request is passed on. */
class SplitRecordTest {

    private static final String BODY = "b".repeat(8000);

    private final TestAuthority authority = TestAuthority.create();
    private final CountDownLatch passing = new CountDownLatch(1);
    private final CountDownLatch partCame = new CountDownLatch(1);

    @Test
    void isWaitedFor() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"))) {
            Server server = new Server();
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setSslContext(authority.issue("localhost").context());
            ServerConnector connector = new ServerConnector(server, 1, 1, tls);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(application(upstream.url()));
            server.start();
            haveUpstreamConnected(connector);
            try (HoldingRelay relay = HoldingRelay.to(connector.getLocalPort());
                    SSLSocket client = connect(relay.port())) {
                OutputStream output = client.getOutputStream();
                output.write(("POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                                + BODY.length() + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
                assertThat(passing.await(10, TimeUnit.SECONDS)).isTrue();
                await().until(() -> isWaiting(connector.getConnectedEndPoints()));
                relay.allow(1000);
                output.write(BODY.getBytes(ISO_8859_1));
                await().until(() -> !isWaiting(connector.getConnectedEndPoints()));
                partCame.countDown();
                await().until(() -> isWaiting(connector.getConnectedEndPoints()));
                relay.allowAll();
                String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
                assertThat(answer).startsWith("HTTP/1.1 200 ");
                assertThat(upstream.awaitRequests(2).get(1).bodyText()).isEqualTo(BODY);
            } finally {
                server.stop();
            }
        }
    }

    /** So that nobody has to wait for a connection to the upstream afterwards. */
    private void haveUpstreamConnected(ServerConnector connector) throws IOException {
        try (SSLSocket client = connect(connector.getLocalPort())) {
            client.getOutputStream()
                    .write("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            client.getInputStream().readAllBytes();
        }
        await().until(() -> connector.getConnectedEndPoints().isEmpty());
    }

    private SSLSocket connect(int port) throws IOException {
        return (SSLSocket) authority.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    /** Whether the connection waits for more of what is inside the records. */
    private static boolean isWaiting(Collection<EndPoint> connections) {
        return connections.stream()
                .anyMatch(each -> each.getConnection() instanceof SslConnection tls
                        && ((AbstractEndPoint) tls.getSslEndPoint())
                                .getFillInterest()
                                .isInterested());
    }

    private ServletContextHandler application(String upstream) {
        GatewayServlet gateway = new GatewayServlet(Gateway.builder()
                .upstream(Upstream.named("service").target(upstream))
                .route(Route.named("all").path("/**").to("service"))
                .build());
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servlet = new ServletHolder("gateway", gateway);
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        FilterHolder holding = new FilterHolder(holding());
        holding.setAsyncSupported(true);
        context.addFilter(holding, "/*", EnumSet.of(DispatcherType.REQUEST));
        return context;
    }

    /** Holds a request up where its fields are copied, after its body has been asked for. */
    private Filter holding() {
        return (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public Enumeration<String> getHeaderNames() {
                        if (isAsyncStarted() && getMethod().equals("POST")) {
                            passing.countDown();
                            try {
                                assertThat(partCame.await(10, TimeUnit.SECONDS)).isTrue();
                            } catch (InterruptedException stopping) {
                                Thread.currentThread().interrupt();
                            }
                        }
                        return super.getHeaderNames();
                    }
                },
                response);
    }
}
