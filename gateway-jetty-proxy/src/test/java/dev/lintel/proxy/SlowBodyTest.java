package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that come too slowly hold no upstream, although each piece comes in time. */
class SlowBodyTest {

    private static final Duration GRACE = Duration.ofMillis(200);

    @ParameterizedTest
    @CsvSource({
        "JETTY_EE10,Transfer-Encoding: chunked",
        "JETTY_EE10,Content-Length: 1000000",
        "TOMCAT_10,Transfer-Encoding: chunked",
        "TOMCAT_10,Content-Length: 1000000"
    })
    void areAnsweredAndTheUpstreamLetGo(Container container, String framing) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("never"));
                ProxyApp app = ProxyApp.in(container, route -> route.minBodyRate(1000, GRACE), upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").line(framing).following("4\r\npart\r\n"));

            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.bodyText()).contains("\"rule\":\"body-too-slow\"");
            client.awaitClosed();
            ReceivedRequest received = upstream.awaitHeads(1).get(0).awaitEnd();
            assertThat(received.complete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void areWaitedForIfTheRouteSaysSo(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("never"));
                ProxyApp app = ProxyApp.in(
                        container,
                        route -> route.minBodyRate(0, GRACE).idleTimeout(Duration.ofSeconds(3)),
                        upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").line("Content-Length: 1000000").following("part"));

            assertThat(client.readResponse().bodyText()).contains("\"rule\":\"body-timeout\"");
        }
    }
}
