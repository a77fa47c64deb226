package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which target gets a request, and what happens when none can. */
class BalancingTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void asksTargetsInTurn(Container container) {
        try (ScriptedUpstream one = ScriptedUpstream.answering(Answer.ok("one"));
                ScriptedUpstream two = ScriptedUpstream.answering(Answer.ok("two"));
                ProxyApp app = ProxyApp.in(container, one.url(), two.url() + "/base")) {
            for (int i = 0; i < 10; i++) {
                assertThat(app.exchange(RawRequest.get("/a?b=c")).bodyText()).isEqualTo("one");
                assertThat(app.exchange(RawRequest.get("/a?b=c")).bodyText()).isEqualTo("two");
            }
            assertThat(one.awaitRequest().target()).isEqualTo("/a?b=c");
            assertThat(two.awaitRequest().target()).isEqualTo("/base/a?b=c");
            // kept and used again, if it is free by the time of the next request
            assertThat(one.connectionsAccepted()).isLessThan(10);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void asksThreeTargetsAtMost(Container container) {
        try (DeadPort a = DeadPort.refusing();
                DeadPort b = DeadPort.refusing();
                DeadPort c = DeadPort.refusing();
                ScriptedUpstream fourth = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, a.url(), b.url(), c.url(), fourth.url())) {
            assertThat(app.exchange(RawRequest.get("/a")).status()).isEqualTo(502);
            assertThat(fourth.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answers503WithoutTargets(Container container) {
        try (ProxyApp app = ProxyApp.in(
                container, Gateway.builder(), Upstream.named("service").targets(List::of), route -> route)) {
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("1");
            assertThat(response.bodyText()).contains("\"rule\":\"upstream-unavailable\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answers503WhenAllConnectionsAreBusy(Container container) {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(
                        container,
                        Gateway.builder(),
                        Upstream.named("service").target(upstream.url()).maxConnections(1),
                        // the first one has to connect within it too, also on a busy machine
                        route -> route.connectTimeout(Duration.ofSeconds(3)));
                RawClient busy = app.connect()) {
            busy.send(RawRequest.get("/busy"));
            live.awaitStarted();
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("1");
            assertThat(response.bodyText()).contains("\"rule\":\"upstream-busy\"");
            live.end();
            assertThat(busy.readResponse().status()).isEqualTo(200);
            upstream.answerWith(request -> Answer.ok("fine"));
            assertThat(app.exchange(RawRequest.get("/b")).bodyText()).isEqualTo("fine");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersWhenTheNameIsUnknown(Container container) {
        try (ProxyApp app = ProxyApp.in(container, "http://nowhere.invalid:80")) {
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isIn(502, 504);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }
}
