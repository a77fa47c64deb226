package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.bodylimit.BodyLimitFilter;
import dev.lintel.filters.cors.CorsFilter;
import dev.lintel.filters.securityheaders.SecurityHeadersFilter;
import dev.lintel.filters.transform.RequestTransformFilter;
import dev.lintel.filters.transform.ResponseTransformFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.testing.http2.StreamEnd;
import dev.lintel.upstream.Upstream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What filters do to requests for upstreams, and to what upstreams answer. */
class FiltersBeforeUpstreamsTest {

    private static final String APP = "https://app.example.com";

    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.answering(Answer.ok(
                "answer",
                "Access-Control-Allow-Origin: *",
                "Access-Control-Max-Age: 1",
                "Vary: Accept",
                "X-Frame-Options: DENY",
                "X-Powered-With: steam",
                "X-Powered-By: secret"));
        CorsFilter cors = CorsFilter.builder()
                .origins(APP)
                .methods("GET", "PUT")
                .exposedHeaders("X-Total")
                .build();
        SecurityHeadersFilter security =
                SecurityHeadersFilter.builder().hideServer(true).build();
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("up").target(upstream.url()))
                        .filter(security)
                        .route(Route.named("page").path("/page").filter(cors).to("up"))
                        .route(Route.named("put")
                                .path("/put")
                                .methods("PUT")
                                .filter(cors)
                                .to("up"))
                        .route(Route.named("body")
                                .path("/body")
                                .filter(BodyLimitFilter.builder().maxSize(100).build())
                                .to("up"))
                        .route(Route.named("transform")
                                .path("/transform")
                                .filter(RequestTransformFilter.builder()
                                        .set("X-Route", "${route}")
                                        .rename("X-Old", "X-New")
                                        .removeQuery("debug")
                                        .build())
                                .filter(ResponseTransformFilter.builder()
                                        .rename("X-Powered-With", "X-Engine")
                                        .copy("Vary", "X-Vary")
                                        .add("Vary", "Cookie")
                                        .build())
                                .to("up"))
                        .build())
                .port(0)
                .http2ClearText()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void l44_replacesWhatTheUpstreamSaysOfOrigins() {
        RawResponse response =
                RawClient.exchange(server.port(), RawRequest.get("/page").header("Origin", APP));
        assertThat(response.bodyText()).isEqualTo("answer");
        assertThat(fields(response, "access-control-"))
                .containsExactlyInAnyOrder(
                        "access-control-allow-origin: " + APP, "access-control-expose-headers: x-total");
        assertThat(fields(response, "vary")).containsExactlyInAnyOrder("vary: origin", "vary: accept");
    }

    @Test
    void letsTheUpstreamSayOtherwiseWhereItMay() {
        RawResponse response = RawClient.exchange(server.port(), RawRequest.get("/page"));
        assertThat(fields(response, "x-frame-options")).containsExactly("x-frame-options: deny");
        assertThat(fields(response, "x-content-type-options")).containsExactly("x-content-type-options: nosniff");
        assertThat(response.rawHead()).doesNotContain("secret");
    }

    @Test
    void protectsAnswersOfTheGatewayItself() {
        RawResponse response = RawClient.exchange(server.port(), RawRequest.get("/nowhere"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(fields(response, "x-frame-options")).containsExactly("x-frame-options: sameorigin");
    }

    @Test
    void answersPreflightsOfTheMethodThatTheyAskFor() {
        RawRequest preflight =
                RawRequest.of("OPTIONS", "/put").header("Origin", APP).header("Access-Control-Request-Method", "PUT");
        assertThat(RawClient.exchange(server.port(), preflight).status()).isEqualTo(204);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void editsRequestsAndAnswers() {
        RawRequest request = RawRequest.get("/transform?debug=1&a=%41")
                .header("X.Route", "forged")
                .header("X-Old", "1")
                .header("X-New", "forged");
        RawResponse response = RawClient.exchange(server.port(), request);
        assertThat(response.bodyText()).isEqualTo("answer");
        assertThat(response.header("X-Engine")).isEqualTo("steam");
        assertThat(response.hasHeader("X-Powered-With")).isFalse();
        assertThat(response.header("X-Vary")).isEqualTo("Accept");
        assertThat(fields(response, "vary")).containsExactlyInAnyOrder("vary: accept", "vary: cookie");
        ReceivedRequest received = upstream.awaitRequest();
        assertThat(received.target()).isEqualTo("/transform?a=%41");
        assertThat(received.headers("X-Route")).containsExactly("transform");
        assertThat(received.headers("X-New")).containsExactly("1");
        assertThat(received.rawHead()).doesNotContain("forged", "X-Old");
    }

    @Test
    void g04_dropsOnEveryRouteWhatAFilterOfOneRouteWrites() {
        RawRequest request = RawRequest.get("/page").header("X.Route", "forged").header("xnew", "forged");
        assertThat(RawClient.exchange(server.port(), request).status()).isEqualTo(200);
        assertThat(upstream.awaitRequest().rawHead()).doesNotContain("forged");
    }

    @Test
    void d25_d26_refusesBodiesThatAreTooLong() {
        RawRequest declared = RawRequest.post("/body").body("x".repeat(101));
        assertTooLarge(RawClient.exchange(server.port(), declared));
        assertThat(upstream.requests()).isEmpty();
        RawRequest chunked = RawRequest.post("/body").chunked("x".repeat(60), "x".repeat(41));
        assertTooLarge(RawClient.exchange(server.port(), chunked));
        RawRequest exact = RawRequest.post("/body").chunked("x".repeat(60), "x".repeat(40));
        assertThat(RawClient.exchange(server.port(), exact).status()).isEqualTo(200);
        RawRequest form = exact.header("Content-Type", "application/x-www-form-urlencoded");
        assertThat(RawClient.exchange(server.port(), form).status()).isEqualTo(200);
    }

    @Test
    void d26_refusesBodiesThatAreTooLongOverHttp2() {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.post(1, "/body"), Frame.data(1, true, "x".repeat(100)));
            assertThat(client.await(1).status()).isEqualTo(200);
            client.send(Frame.post(3, "/body"), Frame.data(3, true, "x".repeat(101)));
            assertRefused(client.await(3));
        }
    }

    /** RFC 9113 section 8.1: any other code says that the answer is not to be trusted. */
    @Test
    void asksClientsOverHttp2WithoutErrorToSendNoMoreOfWhatIsRefused() {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.post(1, "/body"), Frame.data(1, false, "x".repeat(101)));
            assertRefused(client.await(1));
            Frame reset = client.read();
            while (reset != null && reset.type() != Frame.RST_STREAM) {
                reset = client.read();
            }
            assertThat(reset).as("frame that ends the stream").isNotNull();
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.integerAt(0)).isEqualTo(ErrorCode.NO_ERROR);
        }
    }

    private static void assertRefused(StreamEnd answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("body-too-large");
        assertThat(answer.complete()).isTrue();
    }

    private static void assertTooLarge(RawResponse response) {
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(response.bodyText()).contains("\"rule\":\"body-too-large\"");
    }

    private static List<String> fields(RawResponse response, String start) {
        return response.headerLines().stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith(start))
                .toList();
    }
}
