package dev.lintel.filters.requestid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.Rejections;
import dev.lintel.filters.requestid.RequestIdFilter.Accept;
import dev.lintel.filters.requestid.RequestIdFilter.Generator;
import dev.lintel.option.GatewayException;
import dev.lintel.reject.Rejection;
import dev.lintel.request.RequestPath;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.PlainWrapping;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class RequestIdFilterTest {

    private static final String UUIDV7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @ParameterizedTest
    @CsvSource({
        "ALWAYS, 127.0.0.1, true",
        "ALWAYS, 10.0.0.0/8, true",
        "TRUSTED, 127.0.0.1, true",
        "TRUSTED, 10.0.0.0/8, false",
        "NEVER, 127.0.0.1, false",
        "NEVER, 10.0.0.0/8, false"
    })
    void keepsAnIdOnlyFromWhomTheOptionsSay(Accept accept, String trustedProxies, boolean kept) {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .contextParam("lintel.trustedProxies", trustedProxies)
                .filter("id", RequestIdFilter.builder().accept(accept).build())
                .servlet(lines("X-Request-Id"))
                .start()) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", "from-client"));
            assertThat(response.bodyText()).isEqualTo(response.header("X-Request-Id") + "\n");
            assertThat(response.header("X-Request-Id").equals("from-client")).isEqualTo(kept);
        }
    }

    @Test
    void c21_keepsOnlyIdsThatNeedNoEscapingAnywhere() {
        try (WebApp app = acceptingAll(Container.JETTY_EE10)) {
            for (String id :
                    List.of("a", "0189-ABC._~+/=:x", "01890a5d-ac96-774b-bcce-b302099a8057", "x".repeat(128))) {
                RawResponse response =
                        RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", id));
                assertThat(response.header("X-Request-Id")).isEqualTo(id);
                assertThat(response.bodyText()).isEqualTo(id + "\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void c21_replacesAllOtherIdsAndTellsExactlyOne(Container container) {
        List<String> hostile = List.of(
                "",
                "x".repeat(129),
                "x".repeat(4096),
                "a%0d%0aX-Evil:1 ",
                "a b",
                "a,b",
                "a\tb",
                "a\"b",
                "a\\b",
                "a;b",
                "<script>",
                "a\u00e9",
                "${jndi:ldap://x}",
                "a%00",
                "'a'");
        try (WebApp app = acceptingAll(container)) {
            for (String id : hostile) {
                RawResponse response =
                        RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", id));
                assertThat(response.header("X-Request-Id")).as(id).matches(UUIDV7);
                assertThat(response.bodyText()).isEqualTo(response.header("X-Request-Id") + "\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void c21_replacesAnIdGivenTwice(Container container) {
        try (WebApp app = acceptingAll(container)) {
            RawResponse response = RawClient.exchange(
                    app.port(), RawRequest.get("/").header("X-Request-Id", "a").header("x-request-id", "a"));
            assertThat(response.header("X-Request-Id")).matches(UUIDV7);
            assertThat(response.bodyText()).isEqualTo(response.header("X-Request-Id") + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X_Request_Id", "X.Request.Id", "XRequestId", "x-request_id", "X--Request--Id", "X-REQUEST-ID_"})
    void g04_showsTheApplicationNoOtherSpellingOfItsField(String spelling) {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("id", RequestIdFilter.create())
                .serve(
                        "/",
                        (request, response) -> response.getWriter()
                                .print(Collections.list(request.getHeaderNames()).stream()
                                                .map(name -> name.toLowerCase(Locale.ROOT))
                                                .sorted()
                                                .toList()
                                        + " " + request.getHeader(spelling)))
                .start()) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header(spelling, "forged"));
            assertThat(response.bodyText()).isEqualTo("[host, x-request-id] null");
        }
    }

    @Test
    void readsTheIncomingIdBeneathWhatAGatewayHides() {
        RequestIdFilter filter = RequestIdFilter.builder().accept(Accept.ALWAYS).build();
        Filter gateway = (request, response, chain) -> {
            // what a router does at admission, before any filter runs
            HttpServletRequest http = (HttpServletRequest) request;
            Exchange exchange = Exchange.begin(http, RequestPath.parse("/"), ExchangeSettings.DEFAULT);
            exchange.requestHeaders().remove(filter.ownedRequestHeaders());
            chain.doFilter(ExchangeRequest.of(http, exchange), response);
        };
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("gateway", gateway)
                .filter("somebody else's", new PlainWrapping())
                .filter("id", filter)
                .servlet(lines("X-Request-Id"))
                .start()) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", "abc"));
            assertThat(response.bodyText()).isEqualTo("abc\n");
        }
    }

    @Test
    void givesOneIdWhereTwoFiltersAct() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("outer", RequestIdFilter.builder().header("X-Outer").build())
                .filter("inner", RequestIdFilter.builder().accept(Accept.ALWAYS).build())
                .servlet(lines("X-Request-Id"))
                .start()) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", "abc"));
            assertThat(response.header("X-Request-Id"))
                    .matches(UUIDV7)
                    .isEqualTo(response.header("X-Outer"))
                    .isEqualTo(response.bodyText().strip());
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void replacesTheIdThatAServiceAnswers(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter("id", RequestIdFilter.create())
                .serve("/", (request, response) -> {
                    response.setHeader("X-Request-Id", "foreign");
                    response.addHeader("x-request-id", "foreign");
                    response.addHeader("X_Request_Id", "foreign");
                })
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.header("X-Request-Id")).matches(UUIDV7);
            assertThat(response.rawHead()).doesNotContain("foreign");
        }
    }

    @Test
    void keepsTheIdToItselfIfTold() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("id", RequestIdFilter.builder().echo(false).build())
                .servlet(lines("X-Request-Id"))
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.bodyText()).matches(UUIDV7 + "\n");
            assertThat(response.hasHeader("X-Request-Id")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tellsTheIdOnErrorPagesOfTheContainer(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter("id", RequestIdFilter.create())
                .serve("/throws", (request, response) -> {
                    throw new IllegalStateException("planned");
                })
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/nowhere"))
                            .header("X-Request-Id"))
                    .matches(UUIDV7);
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/throws")).header("X-Request-Id"))
                    .matches(UUIDV7);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void actsOnErrorDispatchesThatNobodySawBefore(Container container) {
        String webXml = """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <error-page><location>/error</location></error-page>
                </web-app>
                """;
        try (WebApp app = WebApp.on(container)
                .webXml(webXml)
                .filter(FilterSetup.of("id", RequestIdFilter.create()).dispatchers(DispatcherType.ERROR))
                .serve("/error", (request, response) -> response.getWriter().print("error page"))
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/nowhere"));
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("X-Request-Id")).matches(UUIDV7);
        }
    }

    @Test
    void namesTheRequestInProblemsOfFiltersBehindIt() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("id", RequestIdFilter.create())
                .filter(
                        "refusing",
                        (request, response, chain) -> Rejections.answer(
                                Objects.requireNonNull(Exchange.of(request)),
                                (HttpServletRequest) request,
                                (HttpServletResponse) response,
                                Rejection.client(403, "planned", "Planned.")))
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.bodyText()).contains("\"requestId\":\"" + response.header("X-Request-Id") + "\"");
        }
    }

    @Test
    void keepsTheIdInTheLoggingContextWhileTheChainRuns() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Filter outside = (request, response, chain) -> {
            MDC.put("other", "kept");
            chain.doFilter(request, response);
            seen.add("after " + MDC.get("request_id") + " " + MDC.get("other"));
        };
        RecordedContext.during(() -> {
            try (WebApp app = WebApp.on(Container.JETTY_EE10)
                    .filter("outside", outside)
                    .filter(
                            "id",
                            RequestIdFilter.builder().accept(Accept.ALWAYS).build())
                    .serve("/", (request, response) -> seen.add("within " + MDC.get("request_id")))
                    .start()) {
                RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", "abc"));
                assertThat(seen.take()).isEqualTo("within abc");
                assertThat(seen.take()).isEqualTo("after null kept");
            }
        });
    }

    @Test
    void keepsTheIdInTheLoggingContextWhereAnAsynchronousRequestGoesOn() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        RecordedContext.during(() -> {
            try (WebApp app = WebApp.on(Container.JETTY_EE10)
                    .filter(FilterSetup.of(
                                    "id",
                                    RequestIdFilter.builder()
                                            .accept(Accept.ALWAYS)
                                            .build())
                            .dispatchers(DispatcherType.REQUEST, DispatcherType.ASYNC))
                    .serve("/", (request, response) -> {
                        if (request.getDispatcherType() == DispatcherType.REQUEST) {
                            request.startAsync().dispatch();
                        } else {
                            seen.add("within " + MDC.get("request_id"));
                        }
                    })
                    .start()) {
                RawClient.exchange(app.port(), RawRequest.get("/").header("X-Request-Id", "abc"));
                assertThat(seen.take()).isEqualTo("within abc");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"UUID4, 36", "HEX32, 32"})
    void makesIdsOfTheKindAskedFor(Generator generator, int length) {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter(
                        "id",
                        RequestIdFilter.builder()
                                .generator(generator)
                                .header("X-Trace")
                                .build())
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).header("X-Trace"))
                    .hasSize(length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Request", "X-Request-Id:", "---", "X-\u00e9"})
    void refusesToBeBuiltWithAnImpossibleField(String name) {
        assertThatThrownBy(() -> RequestIdFilter.builder().header(name).build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("header: " + name + " (expected: a field name with a letter or digit)");
    }

    @Test
    void readsEveryOptionFromInitParams() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter(FilterSetup.of("id", RequestIdFilter.class)
                        .param("header", "X-Correlation")
                        .param("accept", "never")
                        .param("generator", "hex32")
                        .param("echo", "false"))
                .servlet(lines("X-Correlation"))
                .start()) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("X-Correlation", "abc"));
            assertThat(response.bodyText()).matches("[0-9a-f]{32}\n");
            assertThat(response.hasHeader("X-Correlation")).isFalse();
        }
    }

    @Test
    void namesEveryBadInitParamAtOnce() {
        FilterSetup setup = FilterSetup.of("id", RequestIdFilter.class)
                .param("header", "no name")
                .param("accept", "sometimes")
                .param("echo", "yes");
        assertThatThrownBy(() -> WebApp.on(Container.JETTY_EE10).filter(setup).start())
                .rootCause()
                .hasMessageContaining("header: no name (expected: a field name with a letter or digit)")
                .hasMessageContaining("accept: sometimes (expected: one of never, trusted, always)")
                .hasMessageContaining("echo: yes (expected: true or false)");
    }

    private static WebApp acceptingAll(Container container) {
        return WebApp.on(container)
                .filter("id", RequestIdFilter.builder().accept(Accept.ALWAYS).build())
                .servlet(lines("X-Request-Id"))
                .start();
    }

    /** Answers every line of a field as the application sees it. */
    private static ServletSetup lines(String field) {
        return ServletSetup.of("lines", (request, response) -> {
            List<String> seen = new ArrayList<>(Collections.list(request.getHeaders(field)));
            for (String line : seen) {
                response.getWriter().print(line + "\n");
            }
        });
    }
}
