package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.lintel.config.schema.GatewaySchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String GOOD = """
            version: 1
            server: { port: 0 }
            filters:
              - requestId: {}
            upstreams:
              orders: { targets: [http://127.0.0.1:9001] }
            routes:
              - id: orders
                match: { path: "/api/orders/**", methods: [GET] }
                filters:
                  - apiKey: { keys: ["acme:${KEY_DIGEST:-c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c}"] }
                stripPrefix: /api
                upstream: orders
              - id: health
                auth: none
                match: { path: /healthz }
                answer: { status: 200, body: up }
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anArgumentThatBeginsWithAnAtSignIsNotTheNameOfAFile() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "hunter2 hunter3");
        assertThat(lintel("explain", file(GOOD), "GET", "@" + other)).isZero();
        assertThat(text(out)).contains("@" + other);
        assertThat(text(out) + text(err)).doesNotContain("hunter");
    }

    @Test
    void aTableOfRoutesHasNoSecretAndNothingThatTerminalsActUpon() throws IOException {
        String match = "path: /healthz, headers: { X-Origin-Token: hunter2hunter2, X-Kind: \"\\e[2J\" }";
        assertThat(lintel("routes", file(GOOD.replace("path: /healthz", match))))
                .isZero();
        assertThat(text(out))
                .contains("header X-Origin-Token=*** & header X-Kind=\u00b7[2J")
                .doesNotContain("\u001b", "hunter2");
    }

    @Test
    void checksAFile() throws IOException {
        assertThat(lintel("check", file(GOOD))).isZero();
        assertThat(text(out)).isEqualTo("0 errors, 0 warnings\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void tellsEveryErrorWithItsPlace() throws IOException {
        String broken =
                file(GOOD.replace("upstream: orders", "upstrem: orders").replace("status: 200", "status: 2000"));
        assertThat(lintel("check", broken)).isEqualTo(78);
        assertThat(text(out))
                .contains("gateway.yaml:13:5")
                .contains("upstrem")
                .contains("did you mean 'upstream'")
                .contains("gateway.yaml:17:")
                .contains("^");
        out.reset();
        assertThat(lintel("check", "--json", broken)).isEqualTo(78);
        assertThat(text(out)).startsWith("{").contains("\"line\":13").endsWith("}\n");
    }

    @Test
    void countsWarningsAsErrorsIfToldSo() throws IOException {
        String open = file(GOOD.replaceFirst(" +filters:\n +- apiKey.*\n", ""));
        assertThat(lintel("check", open)).isZero();
        assertThat(text(out)).contains("0 errors, 1 warning");
        assertThat(lintel("check", "--strict", open)).isEqualTo(78);
    }

    @Test
    void explainsARequestWithThePlacesOfWhatDecides() throws IOException {
        assertThat(lintel("explain", file(GOOD), "GET", "/api/orders/1")).isZero();
        assertThat(text(out)).contains("orders").contains("401 key-missing").contains("gateway.yaml:8:");
        out.reset();
        assertThat(lintel("explain", file(GOOD), "GET", "/api/orders/1?a=b", "-H", "X-API-Key: demo-key"))
                .isZero();
        assertThat(text(out)).contains("GET /orders/1?a=b").doesNotContain("demo-key");
        out.reset();
        assertThat(lintel("explain", "--json", file(GOOD), "GET", "/healthz")).isZero();
        assertThat(text(out)).startsWith("{").contains("\"status\":200");
    }

    @Test
    void printsRoutesAsATable() throws IOException {
        assertThat(lintel("routes", file(GOOD))).isZero();
        assertThat(text(out))
                .contains("ROUTE")
                .contains("(every request)")
                .containsPattern("orders +GET,HEAD /api/orders/\\*\\* +apiKey +orders")
                .containsPattern("health +\\* /healthz +answer 200");
    }

    @Test
    void printsTheConfigurationWithoutSecrets() throws IOException {
        String secret = "a-secret-of-more-than-32-characters-0123456789";
        String file = file(GOOD.replace(
                "- apiKey: { keys: [\"acme:${KEY_DIGEST:-c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c}\"] }",
                "- jwt: { issuer: me, audience: us, secret: " + secret + " }"));
        assertThat(lintel("config", "print", file)).isZero();
        assertThat(text(out)).contains("issuer: me").doesNotContain(secret);
    }

    @Test
    void saysThatAStoreIsNotAskedWhereNothingIsStarted() throws IOException {
        String file = file("""
                version: 1
                stores: { shared: { redis: "redis://127.0.0.1:1" } }
                filters: [ { rateLimit: { limits: per-client=9/1m, store: shared } } ]
                routes: [ { id: a, match: { path: /a }, auth: none, answer: { status: 204 } } ]
                """);
        assertThat(lintel("explain", file, "GET", "/a")).isZero();
        assertThat(text(out))
                .contains("the store is not asked: as if nothing had been used", "per-client: 9 of 9 left", "204");
    }

    /** {@code -Dlintel.schema=write} writes it. */
    @Test
    void printsTheSchemaThatIsInTheJarOfTheConfiguration() throws IOException {
        assertThat(lintel("schema")).isZero();
        Path file = Path.of("../gateway-config/src/main/resources/dev/lintel/config/schema", GatewaySchema.RESOURCE);
        if ("write".equals(System.getProperty("lintel.schema"))) {
            Files.writeString(file, text(out));
        }
        assertThat(text(out))
                .as("to be written by -Dtest=CommandsTest -Dlintel.schema=write")
                .isEqualTo(Files.readString(file))
                .contains("https://json-schema.org/draft/2020-12/schema")
                .contains("filter.rateLimit", "redis-sentinel://");
        assertThat(GatewaySchema.class.getResource(GatewaySchema.RESOURCE)).isNotNull();
    }

    @Test
    void makesKeysOfWhichFilesHoldTheDigest() {
        assertThat(lintel("keys", "--prefix", "live_")).isZero();
        String[] lines = text(out).split("\n", -1);
        String key = lines[0].substring("key     ".length());
        assertThat(key).matches("live_[A-Za-z0-9_-]{43}");
        assertThat(lines[1]).isEqualTo("sha256  " + KeysCommand.sha256(key));
    }

    @Test
    void makesTokens() throws IOException, ParseException {
        Path secret = Files.writeString(directory.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
        assertThat(lintel(
                        "token",
                        "--secret-file",
                        secret.toString(),
                        "--sub",
                        "alice",
                        "--iss",
                        "me",
                        "--aud",
                        "us",
                        "--role",
                        "admin",
                        "--ttl",
                        "10m"))
                .isZero();
        SignedJWT token = SignedJWT.parse(text(out).strip());
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("admin");
        Files.writeString(secret, "short");
        assertThat(lintel("token", "--secret-file", secret.toString(), "--sub", "alice"))
                .isEqualTo(1);
        assertThat(text(err)).contains("--secret-file: 5 octets (expected: at least 32)");
    }

    @Test
    void completesForShells() {
        assertThat(lintel("completion")).isZero();
        assertThat(text(out)).contains("complete").contains("lintel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "check --nonsense", "explain", "token", "run a b"})
    void tellsHowItIsUsed(String words) {
        assertThat(lintel(words.split(" ", -1))).isEqualTo(64);
        assertThat(text(err)).isNotEmpty().doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run", "routes", "config print"})
    void tellsOfAFileThatIsNotThere(String words) {
        String missing = directory.resolve("missing.yaml").toString();
        String[] all = (words + " " + missing).split(" ", -1);
        assertThat(lintel(all)).isEqualTo(78);
        assertThat(text(out) + text(err)).contains("missing.yaml").doesNotContain("Exception");
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("gateway.yaml"), yaml).toString();
    }

    private int lintel(String... words) {
        return Lintel.run(stream(out), stream(err), words);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
