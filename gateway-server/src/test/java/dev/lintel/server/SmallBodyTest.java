package dev.lintel.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that came with the head of its request goes out with the head: one call of the system, one packet. */
class SmallBodyTest {

    private static final int REQUESTS = 20;
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

    private final List<String> reads = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reachesTheUpstreamInOnePieceWithTheHead(boolean oneLoop) throws IOException {
        String body = "b".repeat(2048);
        try (ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                GatewayServer server = server(upstream.getLocalPort(), oneLoop)) {
            inBackground(() -> acceptAll(upstream));
            try (RawClient client = RawClient.connect(server.port())) {
                for (int i = 0; i < REQUESTS; i++) {
                    client.send(RawRequest.post("/a").body(body));
                    assertThat(client.readResponse().status()).isEqualTo(200);
                }
            }
        }
        assertThat(reads).hasSize(REQUESTS).allMatch(read -> read.startsWith("POST /a ") && read.endsWith(body));
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll(ServerSocket upstream) {
        try {
            while (true) {
                Socket gateway = upstream.accept();
                inBackground(() -> serve(gateway));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** Answers whatever it reads at one go. */
    private void serve(Socket gateway) {
        try (gateway) {
            byte[] buffer = new byte[64 * 1024];
            int count = gateway.getInputStream().read(buffer);
            while (count >= 0) {
                reads.add(new String(buffer, 0, count, ISO_8859_1));
                gateway.getOutputStream().write(ANSWER);
                count = gateway.getInputStream().read(buffer);
            }
        } catch (IOException over) {
            // the gateway has closed
        }
    }

    private static GatewayServer server(int upstream, boolean oneLoop) {
        return GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service").target("http://127.0.0.1:" + upstream))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .oneLoop(oneLoop)
                .start();
    }
}
