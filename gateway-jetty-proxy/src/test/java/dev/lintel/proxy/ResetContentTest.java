package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110 section 15.3.6: 205 has no content, whatever an upstream sends with it. */
class ResetContentTest {

    private static final String INJECTED = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

    static Stream<Arguments> answers() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of(
                                Answer.of(205, INJECTED, "X-A: 1"),
                                Answer.chunked(205, List.of(INJECTED, "more"), "X-A: 1"),
                                Answer.raw("HTTP/1.1 205 Reset\r\nX-A: 1\r\nConnection: close\r\n\r\n" + INJECTED),
                                Answer.of(205, "x".repeat(100_000), "X-A: 1"),
                                Answer.head(205, "X-A: 1", "Content-Length: 9"),
                                Answer.of(205, "", "X-A: 1"))
                        .map(answer -> Arguments.arguments(container, answer)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void comesWithoutContentAndLeavesTheConnectionInStep(Container container, Answer answer) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(
                        request -> request.path().equals("/reset") ? answer : Answer.ok("next"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            for (int i = 0; i < 3; i++) {
                RawResponse reset = client.send(RawRequest.get("/reset")).readResponse();
                assertThat(reset.status()).isEqualTo(205);
                assertThat(reset.header("X-A")).isEqualTo("1");
                assertThat(reset.header("Content-Length")).isEqualTo("0");
                assertThat(reset.body()).isEmpty();
                RawResponse next = client.send(RawRequest.get("/next")).readResponse();
                assertThat(next.bodyText()).isEqualTo("next");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void isNotWaitedForToEnd(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.head(205, "Content-Length: 9"));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            assertThat(app.exchange(RawRequest.get("/a")).status()).isEqualTo(205);
        }
    }
}
