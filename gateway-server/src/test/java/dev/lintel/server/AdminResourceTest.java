package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminResourceTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(Route.named("all").path("/**").answer(200, "text/plain", "gateway"))
            .build();

    /** Says what it was asked. */
    private record Echo(String path, Set<String> methods) implements AdminResource {
        @Override
        public AdminAnswer answer(AdminRequest request) {
            if (request.parameter("fail").isPresent()) {
                throw new IllegalStateException("secret");
            }
            return AdminAnswer.text(
                    200,
                    request.method() + " " + request.parameters() + " " + request.body() + " "
                            + request.gateway().routes().size());
        }
    }

    private final GatewayServer server = GatewayServer.builder(GATEWAY)
            .port(0)
            .adminResource(new Echo("/read", Set.of("GET")))
            .adminResource(new Echo("/change", Set.of("GET", "POST")))
            .start();
    private final int port = server.adminUri().getPort();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersWithWhatItWasAskedAndTheGatewayOfNow() {
        RawResponse answer = RawClient.exchange(port, RawRequest.get("/read?a=1&a=%20x&b"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bodyText()).isEqualTo("GET {a=[1,  x], b=[]}  1");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void answersHeadAsGetWithoutBody() {
        RawResponse answer = RawClient.exchange(port, RawRequest.of("HEAD", "/read"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("9");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void givesThePostedBodyOn() {
        RawResponse answer =
                RawClient.exchange(port, RawRequest.of("POST", "/change").body("key"));
        assertThat(answer.bodyText()).isEqualTo("POST {} key 1");
    }

    @ParameterizedTest
    @CsvSource({"POST,/read,'GET, HEAD'", "PUT,/change,'GET, HEAD, POST'", "DELETE,/read,'GET, HEAD'"})
    void refusesOtherMethods(String method, String path, String allow) {
        RawResponse answer = RawClient.exchange(port, RawRequest.of(method, path));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(allow);
    }

    @Test
    void takesNoBodyOfMoreThan64KiB() {
        assertThat(RawClient.exchange(port, RawRequest.of("POST", "/change").body("x".repeat(AdminRequest.MOST_BODY)))
                        .status())
                .isEqualTo(200);
        assertThat(RawClient.exchange(
                                port, RawRequest.of("POST", "/change").body("x".repeat(AdminRequest.MOST_BODY + 1)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void answersNoPageOfABrowser() {
        RawRequest page = RawRequest.get("/read").header("Origin", "http://localhost:" + port);
        assertThat(RawClient.exchange(port, page).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example,403",
        "localhost.evil.example,403",
        "127.0.0.1.evil.example,403",
        "localhost,200",
        "LOCALHOST,200",
        "127.0.0.1,200",
        "[::1],200"
    })
    void answersOnlyByAnAddressOrAsLocalhost(String host, int status) {
        RawRequest request = RawRequest.get("/read").withoutHost().header("Host", host);
        assertThat(RawClient.exchange(port, request).status()).isEqualTo(status);
    }

    @Test
    void manyWhoPostSlowlyLeaveThreadsToTellThatTheServerLives() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                RawClient client = RawClient.connect(port);
                slow.add(client);
                client.send(RawRequest.raw("POST /change HTTP/1.1", "Host: localhost", "Content-Length: 10"));
            }
            awaitStatus(503);
            assertThat(RawClient.exchange(port, RawRequest.get("/health")).status())
                    .isEqualTo(200);
        } finally {
            slow.forEach(RawClient::close);
        }
        awaitStatus(200);
    }

    @Test
    void whatIsPostedHasToComeInTime() {
        try (GatewayServer hasty = GatewayServer.builder(GATEWAY)
                        .port(0)
                        .headTimeout(Duration.ofMillis(100))
                        .adminResource(new Echo("/change", Set.of("POST")))
                        .start();
                RawClient client = RawClient.connect(hasty.adminUri().getPort())) {
            client.send(RawRequest.raw("POST /change HTTP/1.1", "Host: localhost", "Content-Length: 10"));
            client.awaitClosed();
        }
    }

    private void awaitStatus(int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> RawClient.exchange(port, RawRequest.get("/read")).status() == status);
    }

    @Test
    void tellsNothingOfWhatWentWrong() {
        RawResponse answer = RawClient.exchange(port, RawRequest.get("/read?fail"));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.bodyText()).doesNotContain("secret").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "limits", "/ready", "/reload", "/a/b", "/A", "/read"})
    void takesNoPathThatIsNoneOrTaken(String path) {
        assertThatThrownBy(() -> GatewayServer.builder(GATEWAY)
                        .port(0)
                        .adminResource(new Echo("/read", Set.of("GET")))
                        .adminResource(new Echo(path, Set.of("GET")))
                        .start())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("adminResource: " + path + " (expected: a path such as /limits, each once)");
    }
}
