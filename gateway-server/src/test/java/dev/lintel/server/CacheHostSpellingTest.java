package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.testing.http2.StreamEnd;
import dev.lintel.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that sees the client's host sees it as it came, and may answer by that. */
class CacheHostSpellingTest {

    private final CacheFilter cache = CacheFilter.create();
    private final ScriptedUpstream upstream =
            ScriptedUpstream.start(request -> Answer.ok(request.header("Host"), FRESH));
    private final GatewayServer server = GatewayServer.builder(Gateway.builder()
                    .upstream(Upstream.named("origin").target(upstream.url()).preserveHost())
                    .route(Route.named("all").path("/**").filter(cache).to("origin"))
                    .build())
            .port(0)
            .http2ClearText()
            .start();

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    private RawResponse get(String host) {
        return RawClient.exchange(
                server.port(), RawRequest.get("/a").withoutHost().header("Host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCALHOST", "localhost.", "localhost:80", "localhost:080"})
    void anotherSpellingIsNotAnsweredToThoseWhoUseThisOne(String spelling) {
        RawResponse odd = get(spelling);
        assertThat(odd.status()).isEqualTo(200);
        assertThat(odd.bodyText()).isEqualTo(spelling);
        assertThat(odd.header("Cache-Status")).isEqualTo("lintel; fwd=bypass");
        assertThat(get("localhost").bodyText()).isEqualTo("localhost");
    }

    /** The upstream is told the one spelling then; an application would see it as it came. */
    @Test
    void overHttp2TheAuthorityCounts() {
        List<String> seen = new ArrayList<>();
        try (FrameClient client = FrameClient.connect(server.port())) {
            int stream = 1;
            for (String authority : List.of("LOCALHOST", "localhost.", "localhost", "localhost", "LOCALHOST")) {
                client.send(Frame.headers(
                        stream, true, ":method", "GET", ":scheme", "http", ":path", "/a", ":authority", authority));
                StreamEnd answer = client.await(stream);
                String told = answer.fields().stream()
                        .filter(field -> field.contains("lintel;"))
                        .findFirst()
                        .orElseThrow();
                seen.add(authority + " " + answer.body() + " " + told.replaceAll(".*lintel; (\\S+).*", "$1"));
                stream += 2;
                int kept = seen.size() < 3 ? 0 : 1;
                await().until(() -> cache.size() == kept);
            }
        }
        assertThat(seen)
                .containsExactly(
                        "LOCALHOST localhost fwd=bypass",
                        "localhost. localhost fwd=bypass",
                        "localhost localhost fwd=uri-miss",
                        "localhost localhost hit;",
                        "LOCALHOST localhost fwd=bypass");
    }

    /** Of one key, whichever the protocol. */
    @Test
    void aChangeOverHttp1DropsWhatIsKeptForHttp2() {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.headers(
                    1, true, ":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "localhost"));
            client.await(1);
            await().until(() -> cache.size() == 1);
            assertThat(get("localhost").header("Cache-Status")).contains("hit");
            RawRequest delete = RawRequest.of("DELETE", "/a").withoutHost().header("Host", "localhost");
            assertThat(RawClient.exchange(server.port(), delete).status()).isEqualTo(200);
            await().until(() -> cache.size() == 0);
        }
    }
}
