package dev.lintel.filters.jwt;

import static dev.lintel.filters.jwt.TokenApp.INVALID;
import static dev.lintel.filters.jwt.TokenApp.MISSING;
import static dev.lintel.filters.jwt.TokenApp.SECRET;
import static dev.lintel.filters.jwt.TokenApp.app;
import static dev.lintel.filters.jwt.TokenApp.filter;
import static dev.lintel.filters.jwt.TokenApp.get;
import static dev.lintel.filters.jwt.TokenApp.isRefused;
import static dev.lintel.filters.jwt.TokenApp.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestIssuer;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter alone in front of an application, over real sockets. */
class JwtAuthFilterTest {

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
                    "Bearer realm=\"gateway\", error=\"insufficient_scope\"");
            isRefused(get(app, null), 401, "token-missing", MISSING);
        }
    }

    @Test
    void removesForeignIdentityWhenTheTokenHasNone() {
        for (String token : new String[] {null, token().sign()}) {
            RawResponse response = get(optional, token, "X-User-Role: root", "X-User_Role: root", "XUserRole: root");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).doesNotContain("root");
        }
    }

    @Test
    void letsNobodyPassByDefaultAndAnybodyWhenOptional() {
        isRefused(get(strict, null), 401, "token-missing", MISSING);
        assertThat(get(optional, null, "X-User-ID: root").bodyText())
                .contains("caller=null")
                .doesNotContain("root");
        isRefused(get(optional, token().withBrokenSignature()), 401, "invalid-token", INVALID);
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
        isRefused(get(strict, token().subject(subject).sign()), 403, "unsafe-claim", null);
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
                .serve("/admin/*", TokenApp::echo)
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
            await().untilAsserted(() ->
                    assertThat(get(app, issuer.token().sign()).status()).isEqualTo(200));
            assertThat(get(app, issuer.token().signedBy(issuer.ecKey()).sign()).status())
                    .isEqualTo(200);
            assertThat(get(app, issuer.token().confusedWith(issuer.rsaKey())).status())
                    .isEqualTo(401);
            assertThat(issuer.keySetFetches()).isLessThanOrEqualTo(2);
        }
    }
}
