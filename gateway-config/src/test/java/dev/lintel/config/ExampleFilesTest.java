package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code examples/gateway-files} do what they say, on real sockets. */
class ExampleFilesTest {
    private static final Path FILES = Path.of("..", "examples", "gateway-files");
    private static final String KEY = "partner-key-0123456789abcdef";

    @TempDir
    private Path folder;

    private ScriptedUpstream users;
    private ScriptedUpstream orders;

    @BeforeEach
    void start() {
        users = ScriptedUpstream.answering(Answer.ok("users"));
        orders = ScriptedUpstream.answering(Answer.ok("orders"));
    }

    @AfterEach
    void stop() {
        users.close();
        orders.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.yaml", "services.yaml", "usage-plan.yaml", "containers.yaml"})
    void isShort(String file) throws IOException {
        assertThat(Files.readAllLines(FILES.resolve(file))).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void httpsInFrontOfTwoPrefixesWithIdsAndABurst() throws IOException {
        TestAuthority authority = TestAuthority.create();
        TestCertificate certificate = authority.issue("localhost", "127.0.0.1");
        Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPem());
        Map<String, String> variables = Map.of(
                "PORT",
                "0",
                "CERTIFICATES",
                chain.toString(),
                "KEY",
                key.toString(),
                "USERS",
                users.url(),
                "ORDERS",
                orders.url());

        try (GatewayServer server = start("tls.yaml", variables);
                RawClient client = RawClient.connectTls(server.port(), authority.trusting(), "localhost", "http/1.1")) {
            for (int i = 0; i < 20; i++) {
                String service = i % 2 == 0 ? "users" : "orders";
                RawResponse answer =
                        client.send(RawRequest.get("/api/" + service + "/" + i)).readResponse();
                assertThat(answer.bodyText()).isEqualTo(service);
                assertThat(answer.header("X-Request-ID")).isNotEmpty();
            }
            // a bucket that fills up meanwhile is emptied all the same
            assertThat(refusedWithin(
                            100,
                            () -> client.send(RawRequest.get("/api/users/x"))
                                    .readResponse()
                                    .status()))
                    .isTrue();
        }
        assertThat(users.awaitRequest().target()).isEqualTo("/0");
    }

    @Test
    void servicesBehindTokensWithLimitsForAMinuteAndAnHour() {
        try (TestIssuer issuer = TestIssuer.start()) {
            Map<String, String> variables = Map.of(
                    "PORT",
                    "0",
                    "ISSUER",
                    issuer.url(),
                    "JWKS",
                    issuer.keySetUrl(),
                    "USERS",
                    users.url(),
                    "ORDERS",
                    orders.url());
            String token = issuer.token().subject("bob").audience("shop").sign();
            try (GatewayServer server = start("services.yaml", variables)) {
                assertThat(get(server, "/users/1").status()).isEqualTo(401);
                RawRequest known = RawRequest.get("/users/1").header("Authorization", "Bearer " + token);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> RawClient.exchange(server.port(), known).status() == 200);
                RawResponse answer = RawClient.exchange(server.port(), known);
                assertThat(answer.bodyText()).isEqualTo("users");
                assertThat(answer.header("RateLimit-Policy"))
                        .contains("\"minute\"")
                        .contains("\"hour\"");
                // both services count together, whatever minute begins meanwhile
                RawRequest other = RawRequest.get("/orders/1").header("Authorization", "Bearer " + token);
                assertThat(refusedWithin(
                                30,
                                () -> RawClient.exchange(server.port(), other).status()))
                        .isTrue();
            }
        }
        assertThat(users.awaitRequest().header("X-User-ID")).isEqualTo("bob");
    }

    @Test
    void aUsagePlanForEachKey() {
        Map<String, String> variables =
                Map.of("PORT", "0", "ACME", sha256(KEY), "GLOBEX", sha256("other-" + KEY), "USERS", users.url());
        try (GatewayServer server = start("usage-plan.yaml", variables)) {
            assertThat(get(server, "/api/users/42").status()).isEqualTo(401);
            assertThat(get(server, "/api/users").status()).isEqualTo(404);
            RawRequest acme = RawRequest.get("/api/users/42").header("X-API-Key", KEY);
            RawResponse answer = RawClient.exchange(server.port(), acme);
            assertThat(answer.bodyText()).isEqualTo("users");
            assertThat(answer.header("RateLimit-Policy"))
                    .contains("\"throttle\"")
                    .contains("\"quota\"");
        }
        assertThat(users.awaitRequest().target()).isEqualTo("/users/42");
    }

    @Test
    void rulesAndMiddlewaresOfContainers() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.txt"), "acme:" + sha256(KEY) + "\n");
        Map<String, String> variables =
                Map.of("PORT", "0", "KEYS", keys.toString(), "USERS", users.url(), "ORDERS", orders.url());
        try (GatewayServer server = start("containers.yaml", variables)) {
            assertThat(status(server, "GET", "/users/1", "api.example.com")).isEqualTo(200);
            assertThat(status(server, "GET", "/carts/1", "api.example.com")).isEqualTo(200);
            assertThat(status(server, "POST", "/orders/1", "api.example.com")).isEqualTo(200);
            assertThat(status(server, "DELETE", "/orders/1", "api.example.com")).isEqualTo(405);
            assertThat(status(server, "GET", "/users/1", "other.example.com")).isEqualTo(404);
            assertThat(get(server, "/users/1").status()).isEqualTo(404);
        }
        assertThat(users.awaitRequest().target()).isEqualTo("/users/1");
        assertThat(orders.awaitRequest().target()).isEqualTo("/carts/1");
    }

    private static GatewayServer start(String file, Map<String, String> variables) {
        LoadedGateway loaded =
                GatewayFile.of(FILES.resolve(file)).withEnvironment(variables).load();
        assertThat(loaded.report().findings()).as(loaded.report().text()).isEmpty();
        return loaded.server().host("127.0.0.1").start();
    }

    private static boolean refusedWithin(int requests, IntSupplier status) {
        return IntStream.range(0, requests).anyMatch(i -> status.getAsInt() == 429);
    }

    private static RawResponse get(GatewayServer server, String path) {
        return RawClient.exchange(server.port(), RawRequest.get(path));
    }

    private static int status(GatewayServer server, String method, String path, String host) {
        RawRequest request = RawRequest.raw(
                method + " " + path + " HTTP/1.1", "Host: " + host, "X-API-Key: " + KEY, "Content-Length: 0");
        return RawClient.exchange(server.port(), request).status();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
