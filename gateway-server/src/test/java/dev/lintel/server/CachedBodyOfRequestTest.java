package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Over HTTP/2 nothing tells whether a GET has a body, so what is answered by one must not be answered to who sends none. */
class CachedBodyOfRequestTest {

    private final CacheFilter cache = CacheFilter.create();

    @Test
    void keepsNothingThatAnApplicationMayHaveAnsweredByABody() {
        Filter echo = (request, response, chain) -> {
            byte[] body = request.getInputStream().readAllBytes();
            answer((HttpServletResponse) response, "you said " + new String(body, StandardCharsets.UTF_8));
        };
        try (GatewayServer server = server(echo);
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(headers(1, false), Frame.data(1, true, "poison"));
            assertThat(client.await(1).body()).isEqualTo("you said poison");
            client.send(headers(3, true));
            assertThat(client.await(3).body()).isEqualTo("you said ");
        }
    }

    @Test
    void keepsWhatAnApplicationAnswersThatLooksForNoBody() {
        Filter plain = (request, response, chain) -> answer((HttpServletResponse) response, "plain");
        try (GatewayServer server = server(plain);
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(headers(1, true));
            assertThat(client.await(1).body()).isEqualTo("plain");
            await().until(() -> cache.size() == 1);
            client.send(headers(3, true));
            assertThat(client.await(3).fields()).anyMatch(field -> field.contains("lintel; hit"));
        }
    }

    /** Undertow makes parameters of it, whatever the method. */
    @Test
    void aFormThatMayBeThereHasItPassBy() {
        Filter plain = (request, response, chain) -> answer((HttpServletResponse) response, "plain");
        try (GatewayServer server = server(plain);
                FrameClient client = FrameClient.connect(server.port())) {
            Frame form = Frame.headers(
                    1,
                    false,
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":path",
                    "/a",
                    ":authority",
                    "localhost",
                    "content-type",
                    "application/x-www-form-urlencoded");
            client.send(form, Frame.data(1, true, "q=poison"));
            assertThat(client.await(1).fields()).anyMatch(field -> field.contains("lintel; fwd=bypass"));
            assertThat(cache.size()).isZero();
        }
    }

    private static Frame headers(int stream, boolean end) {
        return Frame.headers(
                stream, end, ":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "localhost");
    }

    private static void answer(HttpServletResponse response, String body) throws IOException {
        response.setHeader("Cache-Control", "max-age=60");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private GatewayServer server(Filter application) {
        return GatewayServer.builder(Gateway.builder()
                        .route(Route.named("all")
                                .path("/**")
                                .filter(cache)
                                .filter(application)
                                .to(Destination.answer(404, "", "")))
                        .build())
                .port(0)
                .http2ClearText()
                .start();
    }
}
