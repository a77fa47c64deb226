package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Attempt;
import dev.lintel.Gateway;
import dev.lintel.proxy.RecordedFacts.Facts;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exchanges that take too long as a whole, and those that a client holds up which does not read. */
class OverdueTest {

    /** More than all buffers between an upstream and a client hold. */
    private static final long LARGE = 256L << 20;

    private final RecordedFacts ended = new RecordedFacts();

    private ProxyApp app(Container container, Duration idle, Duration total, ScriptedUpstream upstream) {
        return ProxyApp.in(
                container,
                Gateway.builder().filter(ended),
                route -> route.idleTimeout(idle).totalTimeout(total),
                upstream.url());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void areRefusedBeforeTheHeadOfTheAnswer(Container container) throws InterruptedException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
                ProxyApp app = app(container, Duration.ofHours(1), Duration.ofSeconds(3), upstream)) {
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isEqualTo(504);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.bodyText())
                    .contains("\"rule\":\"upstream-timeout\"")
                    .contains("\"detail\":\"The whole exchange took too long.\"");
            upstream.awaitAborted();
            Facts facts = ended.next();
            assertThat(facts.rule()).isEqualTo("upstream-timeout");
            assertThat(facts.attempts()).extracting(Attempt::failure).containsExactly("total-timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void areBrokenOffAfterTheHeadThoughTheAnswerGoesOnAllTheTime(Container container) throws InterruptedException {
        Answer endless = out -> {
            out.head(200, "Transfer-Encoding: chunked");
            while (true) {
                out.chunk("part");
                AtomicBoolean looked = new AtomicBoolean();
                out.holdUntil(() -> looked.getAndSet(true));
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(endless);
                ProxyApp app = app(container, Duration.ofHours(1), Duration.ofSeconds(3), upstream);
                RawClient client = app.connect()) {
            RawResponse response = client.send(RawRequest.get("/a")).readResponse();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).startsWith("partpart");
            assertThat(response.complete()).isFalse();
            upstream.awaitAborted();
            Facts facts = ended.next();
            assertThat(facts.failure()).isEqualTo("upstream-timeout");
            assertThat(facts.attempts()).extracting(Attempt::failure).containsExactly("total-timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void areBrokenOffIfTheClientDoesNotReadItsAnswer(Container container) throws InterruptedException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.generated(GeneratedBody.of(LARGE)));
                ProxyApp app = app(container, Duration.ofSeconds(3), Duration.ZERO, upstream);
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));

            Facts facts = ended.next();
            assertThat(facts.status()).isEqualTo(200);
            assertThat(facts.failure()).isEqualTo("client-stalled");
            assertThat(facts.attempts()).extracting(Attempt::failure).containsExactly("client");
            assertThat(facts.responseBytes()).isLessThan(LARGE);
            upstream.awaitAborted();
            client.awaitClosed();
        }
    }
}
