package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lintel.Exchange;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows J-01 to J-12 of the hostile inputs for API keys, as far as one request shows them. */
class ApiKeyAuthFilterTest {

    private static final String KEY = "k-3f9Ad71-Qz0Lr8wYx2Vb";

    private static final ApiKeyAuthFilter HEADER_ONLY =
            ApiKeyAuthFilter.builder().plainKey("shop", KEY).build();

    private static WebApp app(ApiKeyAuthFilter... filters) {
        return app(Container.JETTY_EE10, filters);
    }

    private static WebApp app(Container container, ApiKeyAuthFilter... filters) {
        WebApp.Builder app = WebApp.on(container).serve("/*", ApiKeyAuthFilterTest::tell);
        for (int i = 0; i < filters.length; i++) {
            app.filter("key" + i, filters[i]);
        }
        return app.start();
    }

    /** Answers with everything a service could learn of key and consumer. */
    private static void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (name.startsWith("X")) {
                seen.append(name).append('=').append(Collections.list(request.getHeaders(name)));
            }
        }
        seen.append(" query=").append(request.getQueryString());
        request.getParameterMap()
                .forEach((name, values) -> seen.append(' ').append(name).append(Arrays.toString(values)));
        assertThat(Collections.list(request.getParameterNames()))
                .containsExactlyInAnyOrderElementsOf(request.getParameterMap().keySet());
        seen.append(" api_key=").append(request.getParameter("api_key"));
        seen.append(Arrays.toString(request.getParameterValues("api_key")));
        response.getWriter().print(seen);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesTheConsumerOnAndNotTheKey(Container container) {
        try (WebApp app = app(container, HEADER_ONLY)) {
            RawResponse response = RawClient.exchange(
                    app.port(),
                    RawRequest.get("/x?a=b").header("X-API-Key", KEY).header("X_API_Key", "other"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).startsWith("X-Consumer-ID=[shop] query=a=b a[b]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k-3f9Ad71-Qz0Lr8wYx2Vc", // J-01: as long as the key
                "k-3f9Ad71-Qz0Lr8wYx2V",
                "x",
                "",
                "K-3F9AD71-QZ0LR8WYX2VB", // J-06: another case
                "k-3f9Ad71 Qz0Lr8wYx2Vb",
                "k-3f9Ad71-Qz0Lr8wYx2V\u00e9",
                "\"k-3f9Ad71-Qz0Lr8wYx2Vb\""
            })
    void refusesEveryKeyButTheOneItself(String wrong) {
        try (WebApp app = app(HEADER_ONLY)) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/x").header("X-API-Key", wrong));
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).isEqualTo("ApiKey realm=\"gateway\"");
            assertThat(response.header("Cache-Control")).isEqualTo("no-store");
            assertThat(response.bodyText()).contains("\"rule\":\"invalid-key\"");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 6000})
    void refusesKeysThatAreTooLongWithoutHashingThem(int length) {
        assertThat(KeyDigest.canBeKey("k".repeat(512))).isTrue();
        try (WebApp app = app(HEADER_ONLY)) {
            String wrong = "k".repeat(length);
            assertThat(KeyDigest.ofKey(wrong)).isNull();
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/x").header("X-API-Key", wrong));
            assertThat(response.status()).isEqualTo(401);
        }
    }

    @Test
    void refusesARequestWithoutAKey() {
        try (WebApp app = app(HEADER_ONLY)) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).isEqualTo("ApiKey realm=\"gateway\"");
            assertThat(response.bodyText()).contains("\"rule\":\"key-missing\"");
        }
    }

    /** J-02 and J-05. */
    static Stream<Arguments> requestsWithMoreThanOneKey() {
        RawRequest inQuery = RawRequest.get("/x?api_key=" + KEY);
        return Stream.of(
                arguments("two lines", inHeader(KEY).header("x-api-key", KEY)),
                arguments("a comma list", inHeader(KEY + ", " + KEY)),
                arguments("a list with one member", inHeader(KEY + ",")),
                arguments("header and query", inQuery.header("X-API-Key", KEY)),
                arguments("twice in the query", RawRequest.get("/x?api_key=" + KEY + "&api_key=" + KEY)),
                arguments("an escaped name", RawRequest.get("/x?api_key=" + KEY + "&api%5Fkey=other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requestsWithMoreThanOneKey")
    void answers400ToMoreThanOneKey(String what, RawRequest request) {
        ApiKeyAuthFilter both = ApiKeyAuthFilter.builder()
                .plainKey("shop", KEY)
                .queryParameter("api_key")
                .build();
        try (WebApp app = app(both)) {
            RawResponse response = RawClient.exchange(app.port(), request);
            assertThat(response.status()).as(what).isEqualTo(400);
            assertThat(response.bodyText())
                    .contains("\"rule\":\"invalid-request\"")
                    .doesNotContain(KEY);
        }
    }

    private static RawRequest inHeader(String key) {
        return RawRequest.get("/x").header("X-API-Key", key);
    }

    /** J-02: a place that is not configured is no place for a key. */
    @Test
    void readsNoCookieAndNoQueryUnlessTold() {
        try (WebApp app = app(HEADER_ONLY)) {
            RawResponse response = RawClient.exchange(
                    app.port(), RawRequest.get("/x?api_key=" + KEY).header("Cookie", "X-API-Key=" + KEY));
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.bodyText()).contains("key-missing");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void hidesTheKeyOfTheQueryFromTheApplication(Container container) {
        ApiKeyAuthFilter filter = ApiKeyAuthFilter.builder()
                .plainKey("shop", KEY)
                .queryParameter("api_key")
                .build();
        try (WebApp app = app(container, filter)) {
            RawRequest request = RawRequest.of("POST", "/x?a=%41&api%5Fkey=" + KEY + "&b=")
                    .header("Content-Type", "application/x-www-form-urlencoded");
            assertThat(RawClient.exchange(app.port(), request.body("c=d")).bodyText())
                    .isEqualTo("X-Consumer-ID=[shop] query=a=%41&b= a[A] b[] c[d] api_key=nullnull");
            assertThat(RawClient.exchange(app.port(), request.body("api_key=mine"))
                            .bodyText())
                    .isEqualTo("X-Consumer-ID=[shop] query=a=%41&b= a[A] api_key[mine] b[] api_key=mine[mine]");
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x?api_key=" + KEY))
                            .bodyText())
                    .isEqualTo("X-Consumer-ID=[shop] query=null api_key=nullnull");
        }
    }

    @Test
    void leavesTheFormToTheApplication() {
        ApiKeyAuthFilter filter = ApiKeyAuthFilter.builder()
                .plainKey("shop", KEY)
                .queryParameter("api_key")
                .build();
        try (WebApp app = WebApp.on(Container.TOMCAT_10)
                .filter("key", filter)
                .serve(
                        "/*",
                        (request, response) -> response.getWriter()
                                .print(new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)))
                .start()) {
            RawRequest request = RawRequest.post("/x?api_key=" + KEY)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body("whole=body");
            assertThat(RawClient.exchange(app.port(), request).bodyText()).isEqualTo("whole=body");
        }
    }

    /** J-04: only who asks for it gets the key, and only the one that was verified. */
    @Test
    void forwardsTheKeyIfAsked() {
        ApiKeyAuthFilter filter = ApiKeyAuthFilter.builder()
                .plainKey("shop", KEY)
                .queryParameter("api_key")
                .forwardKey(true)
                .build();
        try (WebApp app = app(filter)) {
            assertThat(RawClient.exchange(
                                    app.port(),
                                    RawRequest.get("/x")
                                            .header("X-API-Key", KEY)
                                            .header("X_API_Key", "other"))
                            .bodyText())
                    .startsWith("X-API-Key=[" + KEY + "]X-Consumer-ID=[shop]");
            assertThat(RawClient.exchange(
                                    app.port(),
                                    RawRequest.get("/x?api_key=" + KEY).header("X_API_Key", "other"))
                            .bodyText())
                    .startsWith("X-Consumer-ID=[shop] query=api_key=" + KEY);
        }
    }

    @Test
    void removesForgedConsumersWhetherAKeyIsThereOrNot() {
        ApiKeyAuthFilter filter =
                ApiKeyAuthFilter.builder().plainKey("shop", KEY).optional(true).build();
        try (WebApp app = app(filter)) {
            RawRequest forged = RawRequest.get("/x")
                    .header("X-Consumer-ID", "admin")
                    .header("X_Consumer_ID", "admin")
                    .header("XConsumerId", "admin");
            assertThat(RawClient.exchange(app.port(), forged).bodyText()).startsWith(" query");
            assertThat(RawClient.exchange(app.port(), forged.header("X-API-Key", KEY))
                            .bodyText())
                    .startsWith("X-Consumer-ID=[shop] query");
        }
    }

    @Test
    void optionalMeansNoKeyButNeverAWrongOne() {
        ApiKeyAuthFilter filter =
                ApiKeyAuthFilter.builder().plainKey("shop", KEY).optional(true).build();
        try (WebApp app = app(filter)) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x")).status())
                    .isEqualTo(200);
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x").header("X-API-Key", ""))
                            .status())
                    .isEqualTo(401);
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x").header("X-API-Key", "wrong"))
                            .status())
                    .isEqualTo(401);
        }
    }

    /** Two filters of this class in one chain, as of a gateway and of a route. */
    @Test
    void aSecondFilterStillSeesWhatTheFirstOneHid() {
        ApiKeyAuthFilter narrower = ApiKeyAuthFilter.builder()
                .plainKey("other", "another-key-of-22-chars")
                .build();
        try (WebApp app = app(
                HEADER_ONLY, ApiKeyAuthFilter.builder().plainKey("shop", KEY).build())) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x").header("X-API-Key", KEY))
                            .status())
                    .isEqualTo(200);
        }
        try (WebApp app = app(HEADER_ONLY, narrower)) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x").header("X-API-Key", KEY))
                            .status())
                    .isEqualTo(401);
        }
    }

    /** What a log that is written at the end gets of the query. */
    @ParameterizedTest
    @CsvSource({"KEY, 200, a=b", "wrong, 401, a=b"})
    void hidesTheKeyFromLogsWhetherItIsAcceptedOrNot(String key, int status, String logged) {
        ApiKeyAuthFilter filter = ApiKeyAuthFilter.builder()
                .plainKey("shop", KEY)
                .queryParameter("api_key")
                .build();
        List<String> queries = new CopyOnWriteArrayList<>();
        Filter log = (request, response, chain) -> {
            chain.doFilter(request, response);
            Exchange exchange = Exchange.of(request);
            queries.add(exchange == null ? "no exchange" : String.valueOf(exchange.forwardedQuery()));
        };
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("log", log)
                .filter("key", filter)
                .serve("/*", ApiKeyAuthFilterTest::tell)
                .start()) {
            RawRequest request = RawRequest.get("/x?api_key=" + key.replace("KEY", KEY) + "&a=b");
            assertThat(RawClient.exchange(app.port(), request).status()).isEqualTo(status);
            await().untilAsserted(() -> assertThat(queries).containsExactly(logged));
        }
    }
}
