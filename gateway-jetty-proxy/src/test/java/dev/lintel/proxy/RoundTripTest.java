package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and answers pass as they are. */
class RoundTripTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesGetAndItsAnswer(Container container) {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.ok("hello", "X-A: 1", "X-B:  spaced  out "));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            RawResponse response =
                    app.exchange(RawRequest.get("/a/b?c=d&e=%2F+1").header("X-Mine", "Yes"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).isEqualTo("hello");
            assertThat(response.headers("X-A")).containsExactly("1");
            assertThat(response.headers("X-B")).containsExactly("spaced  out");
            ReceivedRequest received = upstream.awaitRequest();
            assertThat(received.requestLine()).isEqualTo("GET /a/b?c=d&e=%2F+1 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesPostAndItsBody(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.chunked(201, java.util.List.of("a", "b")));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            RawResponse response = app.exchange(RawRequest.post("/a").body("body"));

            assertThat(response.status()).isEqualTo(201);
            assertThat(response.bodyText()).isEqualTo("ab");
            ReceivedRequest received = upstream.awaitRequest();
            assertThat(received.bodyText()).isEqualTo("body");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesChunkedBody(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("x"));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            RawResponse response = app.exchange(RawRequest.post("/a").chunked("one", "two"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("onetwo");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersRefusedConnectionWithProblem(Container container) {
        try (DeadPort dead = DeadPort.refusing();
                ProxyApp app = ProxyApp.in(container, dead.url())) {
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("Content-Type")).startsWith("application/problem+json");
            assertThat(response.bodyText()).contains("upstream-refused");
        }
    }
}
