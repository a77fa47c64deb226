package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lintel.Exchange;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestIssuer;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter alone in front of an application, over real sockets. */
class JwtAuthFilterTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final TestKey KEY = TestKey.secret("k", SECRET);
    private static final String MISSING = "Bearer realm=\"api\"";
    private static final String INVALID =
            "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token is not valid\"";

    private static final WebApp STRICT = app(filter());
    private static final WebApp OPTIONAL = app(filter().optional(true));

    @AfterAll
    static void stop() {
        STRICT.close();
        OPTIONAL.close();
    }

    private static TokenBuilder token() {
        return TokenBuilder.with(KEY, InstantSource.system()).issuer("me").audience("us");
    }

    private static JwtAuthFilterBuilder filter() {
        return JwtAuthFilter.builder()
                .issuer("me")
                .audience("us")
                .secret(SECRET)
                .maxTokenLength(4096);
    }

    private static WebApp app(JwtAuthFilterBuilder filter) {
        return app(Container.JETTY_EE10, FilterSetup.of("jwt", filter.build()));
    }

    private static WebApp app(Container container, FilterSetup... filters) {
        WebApp.Builder builder = WebApp.on(container).serve("/*", JwtAuthFilterTest::echo);
        for (FilterSetup filter : filters) {
            builder.filter(filter);
        }
        return builder.start();
    }

    /** Answers the header fields that the application sees, one a line in lower case. */
    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : new TreeSet<>(Collections.list(request.getHeaderNames()))) {
            for (String value : Collections.list(request.getHeaders(name))) {
                text.append(name.toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(value)
                        .append('\n');
            }
        }
        Exchange exchange = Exchange.of(request);
        text.append("caller=")
                .append(exchange == null ? null : exchange.caller())
                .append('\n');
        response.setContentType("text/plain");
        response.getWriter().print(text);
    }

    private static RawResponse get(WebApp app, @Nullable String token, String... lines) {
        RawRequest request = RawRequest.get("/x").close();
        if (token != null) {
            request = request.bearer(token);
        }
        for (String line : lines) {
            request = request.line(line);
        }
        return RawClient.exchange(app.port(), request);
    }

    private static void isRefused(RawResponse response, int status, String rule, @Nullable String challenge) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers("WWW-Authenticate")).isEqualTo(challenge == null ? List.of() : List.of(challenge));
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyText()).contains("\"rule\":\"" + rule + "\"").doesNotContain("Exception", "nimbus");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tellsTheApplicationWhoIsCallingAndKeepsTheToken(Container container) {
        try (WebApp app = app(container, FilterSetup.of("jwt", filter().build()))) {
            String roles = token().claim("roles", List.of("admin", "user")).sign();
            RawResponse response = get(app, roles, "X-User-ID: root", "X_User_Role: root", "x.user.id: root");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText())
                    .contains("x-user-id: alice\n", "x-user-role: admin,user\n", "caller=jwt alice\n")
                    .doesNotContain("root", "authorization", roles);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void readsItsOptionsFromInitParams(Container container) {
        FilterSetup setup = FilterSetup.of("jwt", JwtAuthFilter.class)
                .param("issuer", "me")
                .param("audience", "us")
                .param("secret", SECRET)
                .param("requiredRoles", "admin");
        try (WebApp app = app(container, setup)) {
            assertThat(get(app, token().claim("roles", List.of("admin")).sign()).status())
                    .isEqualTo(200);
            isRefused(
                    get(app, token().sign()),
                    403,
                    "insufficient-role",
                    "Bearer realm=\"api\", error=\"insufficient_scope\"");
            isRefused(get(app, null), 401, "token-missing", MISSING);
        }
    }

    @Test
    void removesForeignIdentityWhenTheTokenHasNone() {
        for (String token : new String[] {null, token().sign()}) {
            RawResponse response = get(OPTIONAL, token, "X-User-Role: root", "X-User_Role: root", "XUserRole: root");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).doesNotContain("root");
        }
    }

    @Test
    void letsNobodyPassByDefaultAndAnybodyWhenOptional() {
        isRefused(get(STRICT, null), 401, "token-missing", MISSING);
        assertThat(get(OPTIONAL, null, "X-User-ID: root").bodyText())
                .contains("caller=null")
                .doesNotContain("root");
        isRefused(get(OPTIONAL, token().withBrokenSignature()), 401, "invalid-token", INVALID);
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
        RawResponse response = get(STRICT, token);
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
                RawClient.exchange(OPTIONAL.port(), request),
                400,
                "invalid-request",
                "Bearer realm=\"api\", error=\"invalid_request\", error_description=\"One bearer token expected\"");
    }

    @Test
    void readsTheSchemeWithoutCaseAndAnySpacesAfterIt() {
        for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEaReR", "Bearer  ")) {
            assertThat(get(STRICT, null, "Authorization: " + scheme + " " + token().sign())
                            .status())
                    .as(scheme)
                    .isEqualTo(200);
        }
        isRefused(get(STRICT, null, "Authorization: Bearer"), 401, "invalid-token", INVALID);
        isRefused(get(STRICT, null, "Authorization: Bearer\t" + token().sign()), 401, "token-missing", MISSING);
        isRefused(get(STRICT, null, "Authorization: BearerX " + token().sign()), 401, "token-missing", MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Basic YTpi", "Cookie: access_token=x", "X-Authorization: Bearer x"})
    void looksForTokensNowhereElse(String line) {
        isRefused(get(STRICT, null, line), 401, "token-missing", MISSING);
        RawRequest inQuery = RawRequest.get("/x?access_token=" + token().sign()).close();
        isRefused(RawClient.exchange(STRICT.port(), inQuery), 401, "token-missing", MISSING);
    }

    @Test
    void forwardsTheVerifiedTokenWhenAsked() {
        try (WebApp app = app(filter().forwardToken(true))) {
            String token = token().sign();
            RawResponse response = get(app, token, "Authorization_: Bearer other");
            assertThat(response.bodyText())
                    .contains("authorization: Bearer " + token + "\n")
                    .doesNotContain("other");
        }
    }

    @Test
    void writesClaimsToTheFieldsItIsTold() {
        JwtAuthFilterBuilder filter = filter().subjectClaim("preferred_username")
                .rolesClaim("realm_access.roles")
                .userIdHeader("X-Who")
                .userRoleHeader("X-What")
                .forwardClaims("email:X-Mail", "tenant.id:X-Tenant");
        try (WebApp app = app(filter)) {
            String token = token().claim("preferred_username", "al")
                    .claim("realm_access", Map.of("roles", List.of("admin")))
                    .claim("tenant", Map.of("id", 7))
                    .sign();
            RawResponse response = get(app, token, "X-Mail: forged", "X_Who: forged", "X-User-ID: forged");
            assertThat(response.bodyText())
                    .contains("x-who: al\n", "x-what: admin\n", "x-tenant: 7\n")
                    .doesNotContain("forged", "x-mail");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice\r\nX-User-Role: admin", "alice,admin", "alice;admin", "älice", "a\u0000", "a\u007f"})
    void neverWritesASubjectThatCouldReadAsSomethingElse(String subject) {
        isRefused(get(STRICT, token().subject(subject).sign()), 403, "unsafe-claim", null);
    }

    @Test
    void namesTheScopesThatAreNeeded() {
        try (WebApp app =
                app(filter().requiredScopes("orders.read", "orders.write").realm("orders"))) {
            assertThat(get(
                                    app,
                                    token().claim("scope", "orders.write orders.read")
                                            .sign())
                            .status())
                    .isEqualTo(200);
            isRefused(
                    get(app, token().claim("scope", "orders.read").sign()),
                    403,
                    "insufficient-scope",
                    "Bearer realm=\"orders\", error=\"insufficient_scope\", scope=\"orders.read orders.write\"");
        }
    }

    /** A page that asks for more than the one that forwards to it. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void decidesAnewForThePathForwardedTo(Container container) {
        FilterSetup open = FilterSetup.of("any", filter().optional(true).build());
        FilterSetup strict = FilterSetup.of(
                        "admin", filter().requiredRoles("admin").build())
                .patterns("/admin/*")
                .dispatchers(DispatcherType.REQUEST, DispatcherType.FORWARD);
        try (WebApp app = WebApp.on(container)
                .filter(open)
                .filter(strict)
                .serve(
                        "/go",
                        (request, response) ->
                                request.getRequestDispatcher("/admin/x").forward(request, response))
                .serve("/admin/*", JwtAuthFilterTest::echo)
                .start()) {
            RawRequest go = RawRequest.get("/go").close();
            String admin = token().claim("roles", List.of("admin")).sign();
            RawResponse passed =
                    RawClient.exchange(app.port(), RawRequest.get("/go").close().bearer(admin));
            assertThat(passed.bodyText()).contains("x-user-id: alice\n").doesNotContain("authorization");
            isRefused(RawClient.exchange(app.port(), go), 401, "token-missing", MISSING);
            RawResponse refused =
                    RawClient.exchange(app.port(), RawRequest.get("/go").close().bearer(token().sign()));
            assertThat(refused.status()).isEqualTo(403);
        }
    }

    @Test
    void letsTwoFiltersJudgeOneToken() {
        FilterSetup first = FilterSetup.of("first", filter().build());
        FilterSetup second =
                FilterSetup.of("second", filter().requiredRoles("admin").build());
        try (WebApp app = app(Container.JETTY_EE10, first, second)) {
            assertThat(get(app, token().claim("roles", List.of("admin")).sign()).status())
                    .isEqualTo(200);
            assertThat(get(app, token().sign()).status()).isEqualTo(403);
        }
    }

    @Test
    void refusesCredentialsOfTwoCallers() {
        FilterSetup first = FilterSetup.of("first", filter().build());
        FilterSetup second =
                FilterSetup.of("second", filter().subjectClaim("name").build());
        try (WebApp app = app(Container.JETTY_EE10, first, second)) {
            assertThat(get(app, token().claim("name", "alice").sign()).status()).isEqualTo(200);
            isRefused(get(app, token().claim("name", "bob").sign()), 403, "different-subjects", null);
        }
    }

    @Test
    void failsToStartWithEveryProblem() {
        FilterSetup setup = FilterSetup.of("jwt", JwtAuthFilter.class)
                .param("isuer", "me")
                .param("audience", "us")
                .param("secret", "short-secret");
        assertThat(startFailure(setup))
                .contains("issuer: missing", "isuer: unknown option", "at least 32 bytes")
                .doesNotContain("short-secret");
        FilterSetup inCode = FilterSetup.of("jwt", filter().build()).param("issuer", "you");
        assertThat(startFailure(inCode)).contains("issuer");
    }

    private static String startFailure(FilterSetup setup) {
        try (WebApp app = app(Container.JETTY_EE10, setup)) {
            return "started on " + app.port();
        } catch (IllegalStateException refused) {
            List<String> messages = new ArrayList<>();
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                messages.add(String.valueOf(cause.getMessage()));
            }
            return String.join("\n", messages);
        }
    }

    @Test
    void verifiesWithAnIssuersKeysOfBothKinds() {
        try (TestIssuer issuer = TestIssuer.start();
                WebApp app = app(JwtAuthFilter.builder().issuer(issuer.url()).anyAudience(true))) {
            assertThat(get(app, issuer.token().sign()).status()).isEqualTo(200);
            assertThat(get(app, issuer.token().signedBy(issuer.ecKey()).sign()).status())
                    .isEqualTo(200);
            assertThat(get(app, issuer.token().confusedWith(issuer.rsaKey())).status())
                    .isEqualTo(401);
            assertThat(issuer.keySetFetches()).isLessThanOrEqualTo(2);
        }
    }
}
