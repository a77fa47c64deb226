package dev.lintel.filters.jwt;

import static dev.lintel.filters.jwt.TokenApp.INVALID;
import static dev.lintel.filters.jwt.TokenApp.MISSING;
import static dev.lintel.filters.jwt.TokenApp.app;
import static dev.lintel.filters.jwt.TokenApp.filter;
import static dev.lintel.filters.jwt.TokenApp.get;
import static dev.lintel.filters.jwt.TokenApp.isRefused;
import static dev.lintel.filters.jwt.TokenApp.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token must be presented and how a bad one is answered, over real sockets. */
class BearerTokenTest {

    private static WebApp strict;
    private static WebApp optional;

    @BeforeAll
    static void start() {
        strict = app(filter());
        optional = app(filter().optional(true));
    }

    @AfterAll
    static void stop() {
        strict.close();
        optional.close();
    }

    static Stream<Arguments> bad() {
        TestKey other = TestKey.secret("k", "another secret, which is long enough too");
        return Stream.of(
                arguments("expired", token().expiresIn(Duration.ofSeconds(-31)).sign()),
                arguments(
                        "not yet valid",
                        token().notBefore(Instant.now().plusSeconds(100)).sign()),
                arguments("another issuer", token().issuer("you").sign()),
                arguments("another audience", token().audience("them").sign()),
                arguments("no expiry", token().withoutClaim("exp").sign()),
                arguments("no subject", token().withoutClaim("sub").sign()),
                arguments("another key", token().forgedBy(other).sign()),
                arguments("a broken signature", token().withBrokenSignature()),
                arguments("another token's signature", token().withForeignSignature()),
                arguments("no signature", token().withoutSignature()),
                arguments("none", token().unsigned("none")),
                arguments("NoNe", token().unsigned("NoNe")),
                arguments(
                        "an algorithm not configured",
                        token().algorithm("HS512").sign()),
                arguments("claims that are no object", token().payload("[]").sign()),
                arguments("no claims", token().payload("").sign()),
                arguments("a word", "token"),
                arguments("empty", ""),
                arguments("two words", "a b"),
                arguments("too long", "a".repeat(4097)));
    }

    /** One answer for all, so that nobody learns how far a forged token came. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void answersEveryBadTokenAlike(String what, String token) {
        RawResponse response = get(strict, token);
        isRefused(response, 401, "invalid-token", INVALID);
        assertThat(response.bodyText()).contains("The bearer token is not valid.");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    static Stream<Arguments> malformed() {
        String token = token().sign();
        return Stream.of(
                arguments(
                        "two lines", "/x", List.of("Authorization: Bearer " + token, "Authorization: Bearer " + token)),
                arguments(
                        "two lines of two schemes",
                        "/x",
                        List.of("Authorization: Basic YTpi", "Authorization: Bearer " + token)),
                arguments(
                        "two tokens in a line", "/x", List.of("Authorization: Bearer " + token + ", Bearer " + token)),
                arguments("in the query too", "/x?access_token=" + token, List.of("Authorization: Bearer " + token)),
                arguments(
                        "escaped in the query", "/x?a=b&%61ccess_token=x", List.of("Authorization: Bearer " + token)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesMoreThanOneCredential(String what, String target, List<String> lines) {
        RawRequest request = RawRequest.get(target).close();
        for (String line : lines) {
            request = request.line(line);
        }
        isRefused(
                RawClient.exchange(optional.port(), request),
                400,
                "invalid-request",
                "Bearer realm=\"gateway\", error=\"invalid_request\", error_description=\"One bearer token expected\"");
    }

    @Test
    void readsTheSchemeWithoutCaseAndAnySpacesAfterIt() {
        for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEaReR", "Bearer  ")) {
            assertThat(get(strict, null, "Authorization: " + scheme + " " + token().sign())
                            .status())
                    .as(scheme)
                    .isEqualTo(200);
        }
        isRefused(get(strict, null, "Authorization: Bearer"), 401, "invalid-token", INVALID);
        isRefused(get(strict, null, "Authorization: Bearer\t" + token().sign()), 401, "token-missing", MISSING);
        isRefused(get(strict, null, "Authorization: BearerX " + token().sign()), 401, "token-missing", MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Basic YTpi", "Cookie: access_token=x", "X-Authorization: Bearer x"})
    void looksForTokensNowhereElse(String line) {
        isRefused(get(strict, null, line), 401, "token-missing", MISSING);
        RawRequest inQuery = RawRequest.get("/x?access_token=" + token().sign()).close();
        isRefused(RawClient.exchange(strict.port(), inQuery), 401, "token-missing", MISSING);
    }
}
