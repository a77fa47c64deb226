package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerBuilderTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(Route.named("hello").path("/hello").answer(200, "text/plain", "hello"))
            .build();

    @Test
    void reportsAllProblemsTogether() {
        ServerBuilder builder = GatewayServer.builder(GATEWAY)
                .host(" ")
                .port(70_000)
                .adminHost("")
                .maxHeadSize(10)
                .maxHeaderFields(0)
                .maxUriLength(0)
                .maxResponseHeadSize(1)
                .maxConnections(0)
                .maxThreads(1)
                .headTimeout(Duration.ZERO)
                .idleTimeout(Duration.ofDays(2))
                .drainDelay(Duration.ofSeconds(-1))
                .stopTimeout(Duration.ofSeconds(-1))
                .http2();
        assertThatThrownBy(builder::start)
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("server: 14 problems")
                .hasMessageContaining("host:   (expected: an address or a host name)")
                .hasMessageContaining("port: 70000 (expected: a whole number from 0 to 65535)")
                .hasMessageContaining("maxHeadSize: 10 (expected: a size from 1KiB to 1MiB)")
                .hasMessageContaining("headTimeout: 0s (expected: a duration from 1ms to 1d)")
                .hasMessageContaining("http2: without tls (expected: TLS, since HTTP/2 is chosen by ALPN)");
    }

    @Test
    void reportsPortInUseAndLeavesNothingRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> GatewayServer.builder(GATEWAY)
                            .host("127.0.0.1")
                            .port(port)
                            .adminPort(0)
                            .start())
                    .hasMessageContaining("port: " + port + " (expected: a free port; in use)");
            assertThatThrownBy(() -> GatewayServer.builder(GATEWAY)
                            .port(0)
                            .adminPort(port)
                            .start())
                    .hasMessageContaining("adminPort: " + port + " (expected: a free port; in use)");
        }
        // workers of what other tests left end by themselves, a second later
        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.startsWith("lintel")));
    }

    @Test
    void reportsForeignAddress() {
        assertThatThrownBy(() ->
                        GatewayServer.builder(GATEWAY).host("192.0.2.1").port(0).start())
                .hasMessageContaining("host: not an address here (expected: an address of this machine)");
        assertThatThrownBy(() -> GatewayServer.builder(GATEWAY)
                        .port(0)
                        .adminHost("nowhere.invalid")
                        .start())
                .hasMessageContaining("adminHost: unknown (expected: an address of this machine)");
    }

    @Test
    void refusesOneForBothPorts() {
        assertThatThrownBy(() -> GatewayServer.builder(GATEWAY)
                        .port(8080)
                        .adminPort(8080)
                        .start())
                .hasMessageContaining("adminPort: 8080 (expected: another than the server's port)");
    }

    @Test
    void listensOnAllAddressesUnlessToldOtherwise() {
        try (GatewayServer everywhere = GatewayServer.start(GATEWAY, 0);
                GatewayServer here =
                        GatewayServer.builder(GATEWAY).host("127.0.0.1").port(0).start()) {
            assertThat(accepts("127.0.0.2", everywhere.port())).isTrue();
            assertThat(accepts("127.0.0.1", here.port())).isTrue();
            assertThat(accepts("127.0.0.2", here.port())).isFalse();
            assertThat(everywhere.uri()).hasToString("http://localhost:" + everywhere.port());
            assertThat(here.uri()).hasToString("http://127.0.0.1:" + here.port());
        }
    }

    @Test
    void sharesThreadsSchedulerAndBuffersWithTheProxy() {
        try (GatewayServer server = GatewayServer.start(GATEWAY, 0)) {
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/hello"))
                            .status())
                    .isEqualTo(200);
            assertThat(threads()).anyMatch(name -> name.startsWith("lintel-"));
            assertThat(threads()).noneMatch(name -> name.startsWith("lintel-proxy"));
        }
    }

    @Test
    void tellsNothingOfFilesThatAreMissing() {
        assertThatThrownBy(() -> GatewayServer.builder(GATEWAY)
                        .tls(Path.of("no-chain.pem"), Path.of("no-key.pem"))
                        .start())
                .hasMessageContaining("tls.certificate: no-chain.pem (expected: a file that can be read)")
                .hasMessageContaining("tls.key: no-key.pem (expected: a file that can be read)");
    }

    private static Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }

    private static boolean accepts(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
