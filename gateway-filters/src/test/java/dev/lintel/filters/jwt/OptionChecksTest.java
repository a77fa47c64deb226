package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionChecksTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static JwtAuthFilterBuilder good() {
        return JwtAuthFilter.builder().issuer("https://idp.example.com").audience("orders-api");
    }

    private static List<Problem> problems(JwtAuthFilterBuilder builder) {
        GatewayException thrown = catchThrowableOfType(GatewayException.class, builder::build);
        return thrown == null ? List.of() : thrown.problems();
    }

    private static JwtOptions options(Map<String, String> texts) {
        OptionReader reader = OptionReader.of(texts);
        JwtOptions options = OptionChecks.check(OptionTexts.read(reader), reader.problems());
        reader.finish("test");
        return Objects.requireNonNull(options);
    }

    @Test
    void discoversKeysFromTheIssuerUnlessToldOtherwise() {
        JwtOptions options = options(Map.of("issuer", "https://idp.example.com", "audience", "orders-api"));
        assertThat(options.keys()).isInstanceOfSatisfying(KeyPlan.Remote.class, remote -> {
            assertThat(remote.spec().uri()).hasToString("https://idp.example.com/.well-known/openid-configuration");
            assertThat(remote.spec().issuer()).isEqualTo("https://idp.example.com");
            assertThat(remote.spec().refreshInterval()).isEqualTo(Duration.ofMinutes(5));
            assertThat(remote.spec().maxAge()).isEqualTo(Duration.ofHours(1));
        });
        assertThat(options.algorithms())
                .containsExactlyInAnyOrder(
                        JwtAlgorithm.RS256, JwtAlgorithm.ES256, JwtAlgorithm.ES384, JwtAlgorithm.ES512);
        assertThat(options.optional()).isFalse();
        assertThat(options.forwardToken()).isFalse();
        assertThat(options.maxTokenLength()).isEqualTo(8192);
    }

    @Test
    void readsEveryOptionAsText(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Map<String, String> texts = new HashMap<>();
        texts.put("anyIssuer", "true");
        texts.put("anyAudience", "true");
        texts.put("secretFile", file.toString());
        texts.put("algorithms", "HS256");
        texts.put("leeway", "5s");
        texts.put("requiredScopes", "orders.read, orders.write");
        texts.put("requiredRoles", "admin");
        texts.put("match", "any");
        texts.put("rolesClaim", "realm_access.roles");
        texts.put("scopeClaim", "scp");
        texts.put("subjectClaim", "preferred_username");
        texts.put("userIdHeader", "X-Who");
        texts.put("userRoleHeader", "X-What");
        texts.put("forwardClaims", "email:X-User-Email, https://example.com/org:X-Org");
        texts.put("forwardToken", "true");
        texts.put("optional", "true");
        texts.put("realm", "orders");
        texts.put("cacheSize", "7");
        texts.put("maxTokenLength", "4KiB");
        texts.put("keysBeforeReady", "true");
        JwtOptions options = options(texts);
        assertThat(options.keys()).isInstanceOf(KeyPlan.Watched.class);
        assertThat(options.keysBeforeReady()).isTrue();
        assertThat(options.algorithms()).containsExactly(JwtAlgorithm.HS256);
        assertThat(options.callerRules())
                .isEqualTo(new CallerRules(
                        "preferred_username",
                        "realm_access.roles",
                        List.of("scp"),
                        List.of("orders.read", "orders.write"),
                        List.of("admin"),
                        Match.ANY,
                        List.of(
                                new ClaimHeader("email", "X-User-Email"),
                                new ClaimHeader("https://example.com/org", "X-Org"))));
        assertThat(options.forwardToken()).isTrue();
        assertThat(options.optional()).isTrue();
        assertThat(options.cacheWeight()).isEqualTo(7);
        assertThat(options.maxTokenLength()).isEqualTo(4096);
        assertThat(options.ownedHeaders().patterns()).containsExactly("X-Who", "X-What", "X-User-Email", "X-Org");
        assertThat(options.refusals().tokenMissing().headers().get(0).value()).isEqualTo("Bearer realm=\"orders\"");
        Map<String, String> remote = Map.of(
                "issuer", "https://idp.example.com",
                "audience", "a,b",
                "jwksUri", "http://keys.example.com/",
                "allowInsecureJwksUri", "true",
                "jwksRefresh", "1m",
                "jwksMaxAge", "2h",
                "jwksTimeout", "1s");
        assertThat(options(remote).keys()).isInstanceOfSatisfying(KeyPlan.Remote.class, plan -> {
            assertThat(plan.spec().issuer()).isNull();
            assertThat(plan.spec().refreshInterval()).isEqualTo(Duration.ofMinutes(1));
            assertThat(plan.spec().maxAge()).isEqualTo(Duration.ofHours(2));
            assertThat(plan.spec().timeout()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                row("issuer", b -> JwtAuthFilter.builder().audience("a").jwksUri("https://x.example/")),
                row("audience", b -> JwtAuthFilter.builder().issuer("https://idp.example.com")),
                row("audience", b -> b.audience(" ")),
                row("issuer", b -> b.anyIssuer(true)),
                row("audience", b -> b.anyAudience(true)),
                row("issuer", b -> b.issuer("http://idp.example.com")),
                row("issuer", b -> b.issuer("idp")),
                row("jwksUri", b -> JwtAuthFilter.builder().anyIssuer(true).audience("a")),
                row("jwksUri", b -> b.jwksUri("http://idp.example.com/keys")),
                row("jwksUri", b -> b.jwksUri("file:///etc/passwd")),
                row("discovery", b -> b.discovery("ftp://idp.example.com/")),
                row("jwksUri, publicKey", b -> b.jwksUri("https://x.example/").publicKey("x")),
                row("publicKey, secret", b -> b.publicKey("x").secret(SECRET)),
                row("publicKey", b -> b.publicKey("x")),
                row("publicKey", b -> b.publicKey("{\"keys\":[]}")),
                row("publicKeyFile", b -> b.publicKeyFile(Path.of("/no/such/file"))),
                row("secret", b -> b.secret("too short")),
                row("secret", b -> b.secret("x".repeat(64))),
                row(
                        "secret",
                        b -> b.secret("https://idp.example.com/a/long/path")
                                .issuer("https://idp.example.com/a/long/path")),
                row("secretFile", b -> b.secretFile(Path.of("/"))),
                row("algorithms", b -> b.algorithms("none")),
                row("algorithms", b -> b.algorithms("rs256")),
                row("algorithms", b -> b.algorithms("EdDSA")),
                row("algorithms", b -> b.algorithms("RS256", "HS256")),
                row("algorithms", b -> b.secret(SECRET).algorithms("RS256")),
                row("leeway", b -> b.leeway(Duration.ofSeconds(121))),
                row("leeway", b -> b.leeway(Duration.ofSeconds(-1))),
                row("requiredScopes", b -> b.requiredScopes("a b")),
                row("requiredScopes", b -> b.requiredScopes("a\"")),
                row("requiredRoles", b -> b.requiredRoles("")),
                row("rolesClaim", b -> b.rolesClaim("")),
                row("subjectClaim", b -> b.subjectClaim(" ")),
                row("scopeClaim", b -> b.scopeClaim("")),
                row("userIdHeader", b -> b.userIdHeader("X User")),
                row("userIdHeader", b -> b.userIdHeader("Host")),
                row("userIdHeader", b -> b.userIdHeader("X_User_Role")),
                row("userRoleHeader", b -> b.userRoleHeader("X-Forwarded-Role")),
                row("forwardClaims", b -> b.forwardClaims("email")),
                row("forwardClaims", b -> b.forwardClaims(":X-Email")),
                row("forwardClaims", b -> b.forwardClaims("email:")),
                row("forwardClaims", b -> b.forwardClaims("email:X-*")),
                row("forwardClaims", b -> b.forwardClaims("email:x.user.id")),
                row("forwardClaims", b -> b.forwardClaims("email:X-Email", "mail:X_Email")),
                row("forwardClaims", b -> b.forwardClaims("email:Authorization")),
                row("forwardClaims", b -> b.forwardClaims("email:Content-Length")),
                row("realm", b -> b.realm("a\"b")),
                row("realm", b -> b.realm("a\r\nb")),
                row("cacheSize", b -> b.cacheSize(-1)),
                row("maxTokenLength", b -> b.maxTokenLength(1 << 20)),
                row("jwksRefresh", b -> b.jwksRefresh(Duration.ofSeconds(1))),
                row("jwksMaxAge", b -> b.jwksMaxAge(Duration.ofMinutes(1))),
                row("jwksTimeout", b -> b.jwksTimeout(Duration.ZERO)));
    }

    private static Arguments row(String option, UnaryOperator<JwtAuthFilterBuilder> change) {
        return arguments(option, change);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("wrong")
    void namesTheOptionThatIsWrong(String option, UnaryOperator<JwtAuthFilterBuilder> change) {
        assertThat(problems(change.apply(good()))).extracting(Problem::name).containsExactly(option);
    }

    @Test
    void tellsAllProblemsAtOnce() {
        JwtAuthFilterBuilder builder = JwtAuthFilter.builder()
                .audience("a")
                .algorithms("none")
                .leeway(Duration.ofDays(1))
                .forwardClaims("email")
                .realm("")
                .jwksUri("nonsense");
        assertThat(problems(builder))
                .extracting(Problem::name)
                .contains("issuer", "algorithms", "leeway", "forwardClaims", "realm");
    }

    @Test
    void neverShowsASecretOrAKey() {
        String shortSecret = "pa55word-pa55word";
        assertThatThrownBy(() -> good().secret(shortSecret).build()).hasMessageNotContaining("pa55");
        assertThatThrownBy(() ->
                        good().secret("{\"kty\":\"oct\",\"k\":\"cGE1NXdvcmQ\"}").build())
                .hasMessageNotContaining("cGE1NXdvcmQ");
        assertThatThrownBy(
                        () -> good().publicKey("-----BEGIN PRIVATE KEY-----\ncGE1NXdvcmQ=\n-----END PRIVATE KEY-----")
                                .build())
                .hasMessageNotContaining("cGE1NXdvcmQ");
        Map<String, String> texts = Map.of("issuer", "a", "audience", "b", "secret", SECRET);
        assertThat(options(texts).toString()).doesNotContain("0123");
    }

    @Test
    void readsKeysFromFiles(@TempDir Path directory) throws Exception {
        Path jwks = Files.writeString(
                directory.resolve("jwks"), "{\"keys\":[" + TokenForge.jwk(TokenForge.RSA, "a") + "]}");
        assertThatCode(() -> good().publicKeyFile(jwks).build()).doesNotThrowAnyException();
        Path crlf = Files.writeString(directory.resolve("crlf"), SECRET.substring(0, 31) + "\r\n");
        assertThatThrownBy(() -> good().secretFile(crlf).build()).hasMessageContaining("at least 32 bytes");
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(1024 * 1024 + 1));
        assertThatThrownBy(() -> good().publicKeyFile(large).build()).hasMessageContaining("at most 1MiB");
    }
}
