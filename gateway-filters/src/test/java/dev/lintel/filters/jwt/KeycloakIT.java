package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The filter and a real Keycloak, which {@code src/test/keycloak/keycloak.sh} starts. Outside the usual build, since it
 * downloads 147 MB: {@code mvn -Pkeycloak -pl gateway-filters -am verify}.
 */
class KeycloakIT {

    private static final Path SCRIPT = Path.of("src/test/keycloak/keycloak.sh").toAbsolutePath();
    private static final String DIRECTORY =
            Path.of("target/keycloak").toAbsolutePath().toString();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static int port;
    private static String group = "";

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        group = script(300, "start", DIRECTORY, "" + port);
        assertThat(group).matches("\\d+");
    }

    @AfterAll
    static void stop() throws Exception {
        if (!group.isEmpty()) {
            script(30, "stop", group);
        }
    }

    /** What the script prints. */
    private static String script(int seconds, String... arguments) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return printed;
    }

    private static String realm() {
        return "http://127.0.0.1:" + port + "/realms/lintel";
    }

    private static String token(String user) throws IOException, InterruptedException, StrictJson.Malformed {
        String form = "grant_type=password&client_id=web&username=" + user + "&password=" + user;
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return (String)
                Objects.requireNonNull(StrictJson.object(response.body()).get("access_token"));
    }

    private static String keySet() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm() + "/protocol/openid-connect/certs"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Keys by discovery, roles where Keycloak nests them; its default audience is "account", for users with roles. */
    private static WebApp app() {
        return WebApp.on(Container.JETTY_EE10)
                .filter(
                        "jwt",
                        JwtAuthFilter.builder()
                                .issuer(realm())
                                .audience("account")
                                .rolesClaim("realm_access.roles")
                                .requiredRoles("admin")
                                .forwardClaims("email:X-User-Email")
                                .build())
                .serve(
                        "/*",
                        (request, response) -> response.getWriter()
                                .print(request.getHeader("X-User-ID") + "|" + request.getHeader("X-User-Role") + "|"
                                        + request.getHeader("X-User-Email")))
                .start();
    }

    private static RawResponse get(WebApp app, String token) {
        return RawClient.exchange(app.port(), RawRequest.get("/").close().bearer(token));
    }

    @Test
    void admitsWhoHasTheRoleAndNobodyElse() throws Exception {
        try (WebApp app = app()) {
            RawResponse alice = get(app, token("alice"));
            assertThat(alice.status()).isEqualTo(200);
            assertThat(alice.bodyText()).matches("[0-9a-f-]{36}\\|[^|]*\\badmin\\b[^|]*\\|alice@example\\.com");
            RawResponse bob = get(app, token("bob"));
            assertThat(bob.status()).isEqualTo(403);
            assertThat(bob.bodyText()).contains("insufficient-role");
            assertThat(get(app, token("alice") + "x").status()).isEqualTo(401);
        }
    }

    @Test
    void acceptsANewKeyWithinOneFetch() throws Exception {
        try (WebApp app = app()) {
            String before = token("alice");
            assertThat(get(app, before).status()).isEqualTo(200);
            script(60, "rotate", DIRECTORY, "" + port);
            String after = token("alice");
            assertThat(after.substring(0, after.indexOf('.'))).isNotEqualTo(before.substring(0, before.indexOf('.')));
            assertThat(get(app, after).status()).isEqualTo(200);
            assertThat(get(app, before).status())
                    .as("the old key is still published")
                    .isEqualTo(200);
        }
    }

    @Test
    void leavesTheEncryptionKeyOut() throws Exception {
        String published = keySet();
        List<?> all =
                (List<?>) Objects.requireNonNull(StrictJson.object(published).get("keys"));
        JwkReader.Keys read = new JwkReader(JwtAlgorithm.of(JwtAlgorithm.Family.RSA))
                .read(published.getBytes(StandardCharsets.UTF_8));
        long encryption = all.stream()
                .filter(key -> "enc".equals(((Map<?, ?>) key).get("use")))
                .count();
        assertThat(encryption).isPositive();
        assertThat(read.keys()).hasSize((int) (all.size() - encryption));
        assertThat(read.ignored()).hasSize((int) encryption).allMatch("use \"sig\""::equals);
    }
}
