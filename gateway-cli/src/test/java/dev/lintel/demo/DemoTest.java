package dev.lintel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void smokeRunSeesWhatItExpects() {
        try (Demo demo = Demo.start(Ports.anyFree(), false)) {
            boolean passed = Smoke.of(demo, stream(out)).run();
            assertThat(passed).as(text(out)).isTrue();
        }
        assertThat(text(out)).contains("smoke: all as expected").doesNotContain("DIFFERENT");
    }

    @Test
    void smokeRunTellsADifference() {
        try (Demo demo = Demo.start(Ports.anyFree(), false)) {
            demo.services().close();
            assertThat(Smoke.of(demo, stream(out)).run()).isFalse();
        }
        assertThat(text(out)).contains("DIFFERENT", "seen 502", "smoke: DIFFERENT from what was expected");
    }

    @Test
    void printsRoutesAndCallsToPaste() {
        try (Demo demo = Demo.start(Ports.anyFree(), false)) {
            Welcome.print(demo, stream(out));
            assertThat(text(out))
                    .contains("ROUTE", "/api/users/**", "/api/orders/**", "/api/products/**", "/public/**")
                    .contains("# 200", "# 401", "# 403", "# 404", "# 405", "429")
                    .contains("curl -i " + demo.gateway().uri() + "/api/users/1")
                    .contains(demo.issuer().url() + "/token?sub=alice&role=admin&ttl=3600")
                    .contains("'%{http_code}\\n'");
        }
    }

    @Test
    void issuerRefusesWhatItCannotSign() {
        try (DemoIssuer issuer = DemoIssuer.start(0)) {
            int port = java.net.URI.create(issuer.url()).getPort();
            assertThat(statusOf(port, "/token")).isEqualTo(400);
            assertThat(statusOf(port, "/token?sub=alice&ttl=soon")).isEqualTo(400);
            assertThat(statusOf(port, "/token?sub=alice&ttl=99999999")).isEqualTo(400);
            assertThat(statusOf(port, "/other")).isEqualTo(404);
            assertThat(statusOf(port, "/token?sub=alice")).isEqualTo(200);
        }
    }

    @Test
    void tellsPortInUseInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // the first part to start is one above the gateway, so no other port is tried before
            int status = Demonstration.run(
                    stream(out), stream(err), "--smoke", "--port", Integer.toString(taken.getLocalPort() - 1));
            assertThat(status).isEqualTo(78);
            assertThat(text(err))
                    .isEqualToNormalizingNewlines(
                            "port: " + taken.getLocalPort() + " (expected: a free port; in use)\n");
            assertThat(text(out)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--port", "--port 0", "--port 65526", "--port x", "--port 99999999999", "smoke"})
    void tellsUsageInOneLine(String arguments) {
        assertThat(Demonstration.run(stream(out), stream(err), arguments.split(" ")))
                .isEqualTo(64);
        assertThat(text(err)).isEqualToNormalizingNewlines(Arguments.USAGE + "\n");
    }

    @Test
    void countsPortsFromTheGateways() {
        assertThat(Ports.from(8080)).isEqualTo(new Ports(8080, 8081, 8082, 8083, 8084, 8089, 8090));
        assertThat(Arguments.parse()).isEqualTo(new Arguments(8080, false));
        assertThat(Arguments.parse("--port", "1234", "--smoke")).isEqualTo(new Arguments(1234, true));
    }

    private static int statusOf(int port, String target) {
        return RawClient.exchange(port, RawRequest.get(target)).status();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
