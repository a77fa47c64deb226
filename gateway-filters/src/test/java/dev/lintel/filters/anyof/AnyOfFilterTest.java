package dev.lintel.filters.anyof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Exchange;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A token, a key, both or neither, in front of an application. */
class AnyOfFilterTest {

    private static final String BAD_TOKEN = "not.a.token";
    private static WebApp strict;
    private static WebApp optional;
    private static WebApp inARow;

    @BeforeAll
    static void start() {
        strict = app(AnyOfFilter.anyOf(
                Credentials.tokens().build(), Credentials.keys().build()));
        optional = app(AnyOfFilter.anyOf(
                Credentials.keys().optional(true).build(),
                Credentials.tokens().optional(true).build()));
        inARow = app(
                Credentials.tokens().optional(true).build(),
                Credentials.keys().optional(true).build());
    }

    @AfterAll
    static void stop() {
        strict.close();
        optional.close();
        inARow.close();
    }

    private static WebApp app(Filter... filters) {
        WebApp.Builder builder = WebApp.on(Container.JETTY_EE10).serve("/*", AnyOfFilterTest::echo);
        for (int i = 0; i < filters.length; i++) {
            builder.filter(FilterSetup.of("filter" + i, filters[i]));
        }
        return builder.start();
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(Objects.requireNonNull(Exchange.of(request)).caller() + " id=" + request.getHeader("X-User-ID")
                        + " consumer=" + request.getHeader("X-Consumer-ID") + " token="
                        + request.getHeader("Authorization") + " key=" + request.getHeader("X-API-Key") + " parameter="
                        + request.getParameter("key"));
    }

    private static RawResponse get(WebApp app, @Nullable String token, @Nullable String key) {
        RawRequest request = RawRequest.get("/x").header("X-User-ID", "root").header("X_Consumer_ID", "root");
        if (token != null) {
            request = request.bearer(token);
        }
        return RawClient.exchange(app.port(), key == null ? request : request.header("X-API-Key", key));
    }

    static Stream<Arguments> rows() {
        String shop = Credentials.token("shop");
        String alice = Credentials.token("alice");
        return Stream.of(
                Arguments.of("a token", alice, null, "jwt alice id=alice consumer=null"),
                Arguments.of("a key", null, Credentials.KEY, "api-key shop id=null consumer=shop"),
                Arguments.of("both of one subject", shop, Credentials.KEY, "shop id=shop consumer=shop"),
                Arguments.of("both of two", alice, Credentials.KEY, "403 different-subjects"),
                Arguments.of("a bad token", BAD_TOKEN, null, "401 invalid-token"),
                Arguments.of("a bad token and a key", BAD_TOKEN, Credentials.KEY, "401 invalid-token"),
                Arguments.of("a bad key", null, "guess", "401 invalid-key"),
                Arguments.of("a token and a bad key", alice, "guess", "401 invalid-key"),
                Arguments.of("a token and two keys", alice, "a,b", "400 invalid-request"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void decidesByAllCredentialsThatArePresented(
            String what, @Nullable String token, @Nullable String key, String expected) {
        // in a row of optional filters it is the same, save that nobody passes too
        for (WebApp app : List.of(strict, optional, inARow)) {
            RawResponse response = get(app, token, key);
            if (response.status() == 200) {
                assertThat(response.bodyText())
                        .contains(expected, " token=null key=null")
                        .doesNotContain("root");
            } else {
                assertThat(response.status()).as(response.bodyText()).isEqualTo(status(expected));
                assertThat(response.bodyText())
                        .contains("\"rule\":\"" + expected.substring(4) + "\"")
                        .doesNotContain("guess", "alice");
            }
        }
    }

    private static int status(String expected) {
        return expected.charAt(3) == ' ' && expected.startsWith("4") ? Integer.parseInt(expected.substring(0, 3)) : 200;
    }

    @Test
    void asksForEitherWhenThereIsNone() {
        RawResponse response = get(strict, null, null);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"gateway\"", "ApiKey realm=\"gateway\"");
        assertThat(response.bodyText()).contains("\"rule\":\"credential-missing\"");
    }

    @Test
    void letsNobodyPassOnlyIfAllAreOptional() {
        assertThat(get(optional, null, null).bodyText()).startsWith("null id=null consumer=null");
        assertThatThrownBy(() -> AnyOfFilter.anyOf(
                        Credentials.tokens().optional(true).build(),
                        Credentials.keys().build()))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("optional: true for 1 of 2 filters (expected: the same for all of them)");
    }

    @Test
    void hidesAKeyInTheQueryWhateverElseIsPresented() {
        AnyOfFilter filter = AnyOfFilter.anyOf(
                Credentials.tokens().build(),
                Credentials.keys().queryParameter("key").build());
        try (WebApp app = app(filter)) {
            RawRequest withKey = RawRequest.get("/x?key=" + Credentials.KEY);
            assertThat(RawClient.exchange(app.port(), withKey).bodyText())
                    .contains("api-key shop", "parameter=null")
                    .doesNotContain(Credentials.KEY);
            RawRequest both = withKey.bearer(Credentials.token("shop"));
            assertThat(RawClient.exchange(app.port(), both).bodyText())
                    .contains("id=shop consumer=shop", "parameter=null");
        }
    }

    @Test
    void ownsAndMasksWhatItsFiltersDo() {
        AnyOfFilter filter = AnyOfFilter.anyOf(
                Credentials.tokens().userIdHeader("X-Who").build(),
                Credentials.keys()
                        .consumerHeader("X-Whose")
                        .queryParameter("key")
                        .build());
        assertThat(filter.ownedRequestHeaders().patterns()).contains("X-Who", "X-Whose");
        assertThat(filter.credentialNames()).contains("X-API-Key", "key");
    }

    @Test
    void refusesTwoFiltersForOneKindOfCredential() {
        assertThatThrownBy(() -> AnyOfFilter.anyOf(
                        Credentials.tokens().build(), Credentials.tokens().build()))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(
                        "JwtAuthFilter: Authorization (expected: another place for its credential than that of");
    }

    @Test
    void namesEveryProblemOfItsInitParams() {
        String message = failure(FilterSetup.of("any", AnyOfFilter.class)
                .param("filters", "a, b.c, d, a")
                .param("a.class", "java.lang.String")
                .param("d.class", "no.such.Filter")
                .param("e.class", "unused"));
        assertThat(message)
                .contains("filters: a (expected: different names", "filters: b.c (expected: different names")
                .contains("a.class: java.lang.String (expected: an AuthenticatingFilter")
                .contains("d.class: no.such.Filter (expected:", "e.class: unknown option (expected: one of");
        assertThat(failure(FilterSetup.of("any", AnyOfFilter.class))).contains("filters: 0 (expected: at least two");
    }

    @Test
    void namesTheProblemsOfOneOfItsFilters() {
        String message = failure(FilterSetup.of("any", AnyOfFilter.class)
                .param("filters", "token, key")
                .param("token.class", JwtAuthFilter.class.getName())
                .param("token.issuer", "me")
                .param("token.audience", "us")
                .param("token.secret", Credentials.SECRET)
                .param("key.class", ApiKeyAuthFilter.class.getName())
                .param("key.keyz", "value-not-shown"));
        assertThat(message)
                .contains("key.keys: none", "key.keyz: unknown option")
                .doesNotContain("value-not-shown");
    }

    private static String failure(FilterSetup setup) {
        StringBuilder messages = new StringBuilder();
        try (WebApp app = WebApp.on(Container.JETTY_EE10).filter(setup).start()) {
            return "started on " + app.port();
        } catch (IllegalStateException refused) {
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                messages.append(cause.getMessage()).append('\n');
            }
        }
        return messages.toString();
    }
}
