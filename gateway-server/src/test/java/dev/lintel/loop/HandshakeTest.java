package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.TestAuthority;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sets TLS up where nothing is negotiated, and who serves the connection then. */
class HandshakeTest {

    private final TestAuthority authority = TestAuthority.create();
    private final Queue<Boolean> shookOnLoop = new ConcurrentLinkedQueue<>();
    private final Queue<Boolean> answeredOnLoop = new ConcurrentLinkedQueue<>();
    private final Server server = new Server(new LoopThreads(16, 4));
    private final LoopConnector connector = new LoopConnector(
            server,
            1,
            new SslConnectionFactory(new Watched(), "http/1.1"),
            new HttpConnectionFactory(new HttpConfiguration()));

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        server.setHandler(new Noting());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void workerSetsTlsUpAndLoopServesTheConnection() {
        int port = connector.getLocalPort();
        try (RawClient client = RawClient.connectTls(port, authority.trusting(), "localhost", "http/1.1")) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(RawRequest.get("/" + i)).readResponse().status())
                        .isEqualTo(200);
            }
        }
        assertThat(shookOnLoop).containsExactly(false);
        // the first may have come with the end of the handshake, and others before the worker has let go
        assertThat(answeredOnLoop.stream().dropWhile(onLoop -> !onLoop))
                .isNotEmpty()
                .doesNotContain(false);
    }

    /** Is asked for a protocol in the midst of each handshake. */
    private final class Watched extends SslContextFactory.Server {

        Watched() {
            setSslContext(authority.issue("localhost").context());
        }

        @Override
        public SSLEngine newSSLEngine() {
            SSLEngine engine = super.newSSLEngine();
            engine.setHandshakeApplicationProtocolSelector((shaking, offered) -> {
                shookOnLoop.add(Turn.selector() != null);
                return offered.get(0);
            });
            return engine;
        }

        @Override
        public SSLEngine newSSLEngine(String host, int port) {
            return newSSLEngine();
        }
    }

    private final class Noting extends Handler.Abstract.NonBlocking {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            answeredOnLoop.add(Turn.selector() != null);
            callback.succeeded();
            return true;
        }
    }
}
