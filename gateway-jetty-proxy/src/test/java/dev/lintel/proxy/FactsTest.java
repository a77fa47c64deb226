package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Attempt;
import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.proxy.RecordedFacts.Facts;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the exchange says of a request when it is over. */
class FactsTest {

    private final RecordedFacts ended = new RecordedFacts();

    private GatewayBuilder recording() {
        return Gateway.builder().filter(ended);
    }

    private Facts next() throws InterruptedException {
        return ended.next();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void countsBytesAndTellsTheTarget(Container container) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.of(201, "12345"));
                ProxyApp app = ProxyApp.in(container, recording(), route -> route, upstream.url())) {
            app.exchange(RawRequest.post("/a").chunked("123", "456"));

            Facts facts = next();
            assertThat(facts.status()).isEqualTo(201);
            assertThat(facts.requestBytes()).isEqualTo(6);
            assertThat(facts.responseBytes()).isEqualTo(5);
            assertThat(facts.failure()).isNull();
            assertThat(facts.attempts()).hasSize(1).allSatisfy(attempt -> {
                assertThat(attempt.upstream()).isEqualTo("service");
                assertThat(attempt.target()).isEqualTo(Target.parse(upstream.url()));
                assertThat(attempt.status()).isEqualTo(201);
                assertThat(attempt.failure()).isNull();
                assertThat(attempt.durationNanos()).isPositive();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void countsOnceThroughForeignWrappers(Container container) throws Exception {
        Filter foreign = (request, response, chain) ->
                chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("12345"));
                ProxyApp app = ProxyApp.in(container, recording(), route -> route.filter(foreign), upstream.url())) {
            app.exchange(RawRequest.get("/a"));

            assertThat(next().responseBytes()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tellsEachTry(Container container) throws Exception {
        try (DeadPort dead = DeadPort.refusing();
                ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, recording(), route -> route, dead.url(), upstream.url())) {
            app.exchange(RawRequest.get("/a"));

            List<Attempt> attempts = next().attempts();
            assertThat(attempts).extracting(Attempt::failure).containsExactly("refused", null);
            assertThat(attempts).extracting(Attempt::status).containsExactly(0, 200);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tellsRejections(Container container) throws Exception {
        try (DeadPort dead = DeadPort.refusing();
                ProxyApp app = ProxyApp.in(container, recording(), route -> route, dead.url())) {
            app.exchange(RawRequest.get("/a"));

            Facts facts = next();
            assertThat(facts.status()).isEqualTo(502);
            assertThat(facts.rule()).isEqualTo("upstream-refused");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tellsAnswersThatWereCutShort(Container container) throws Exception {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, recording(), route -> route, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            live.chunk("part");
            client.awaitText("part");
            live.breakOff(PeerClose.RESET);
            client.awaitClosed();

            Facts facts = next();
            assertThat(facts.status()).isEqualTo(200);
            assertThat(facts.failure()).isEqualTo("upstream-truncated");
            assertThat(facts.attempts()).extracting(Attempt::failure).containsExactly("truncated");
            assertThat(facts.responseBytes()).isEqualTo(4);
        }
    }

    @Test
    void tellsNoStatusForAClientThatLeftBeforeAnyAnswer() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, recording(), route -> route, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            upstream.awaitRequest();
            client.reset();

            Facts facts = next();
            assertThat(facts.failure()).isEqualTo("client-gone");
            assertThat(facts.status()).isZero();
            upstream.awaitAborted();
        }
    }

    @Test
    void tellsNoStatusForAStreamThatWasResetBeforeAnyAnswer() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold())) {
            Gateway gateway = recording()
                    .upstream(Upstream.named("service").target(upstream.url()))
                    .route(Route.named("all").path("/**").to("service"))
                    .build();
            try (Http2App app = Http2App.start(new GatewayServlet(gateway), null)) {
                HttpRequest request = HttpRequest.newBuilder(app.uri("/a")).build();
                var answer = app.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
                upstream.awaitRequest();
                answer.cancel(true);

                Facts facts = next();
                assertThat(facts.failure()).isEqualTo("client-gone");
                assertThat(facts.status()).isZero();
            }
        }
    }

    @Test
    void tellsNoStatusForAnApplicationWhoseClientLeftBeforeItAnswered() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        HttpServlet application = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                request.startAsync().setTimeout(0);
                entered.countDown();
            }
        };
        Gateway gateway = recording()
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (Http2App app = Http2App.start(application, new RouterFilter(gateway))) {
            HttpRequest request = HttpRequest.newBuilder(app.uri("/a")).build();
            var answer = app.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            // a failure in the middle of handling would only be seen when the application ends the request
            await().until(app::isQuiet);
            answer.cancel(true);

            Facts facts = next();
            assertThat(facts.failure()).isEqualTo("client-gone");
            assertThat(facts.status()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tellsThatTheClientLeft(Container container) throws Exception {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, recording(), route -> route, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            live.chunk("part");
            client.awaitText("part");
            client.reset();
            while (ended.isEmpty()) {
                try {
                    live.chunk("more".repeat(1000));
                } catch (java.io.UncheckedIOException aborted) {
                    break;
                }
            }

            assertThat(next().failure()).isEqualTo("client-gone");
            upstream.awaitAborted();
        }
    }
}
