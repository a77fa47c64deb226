package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that close their side, or send the next request, before they have their answer. */
class EarlyClientTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void finishesForClientThatOnlyClosedItsSide(Container container) {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            live.awaitStarted();
            client.shutdownOutput();
            org.awaitility.Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            live.chunk("fine");
            live.end();
            assertThat(client.readResponse().bodyText()).isEqualTo("fine");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersWholeChunkedRequestOfClientThatClosesItsSideAtOnce(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("fine"));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            for (int i = 0; i < 20; i++) {
                try (RawClient client = app.connect()) {
                    client.send(chunked("/a")).shutdownOutput();
                    assertThat(client.readResponse().bodyText()).isEqualTo("fine");
                }
            }
            assertThat(upstream.requests())
                    .hasSize(20)
                    .allSatisfy(request -> assertThat(request.bodyText()).isEqualTo("hello"));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersRequestsOneAfterTheOtherWhenTheFirstIsChunked(Container container) {
        LiveAnswer first = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.start(request -> request.path().equals("/1") ? first : Answer.ok("second"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(chunked("/1"));
            first.awaitStarted();
            client.send(RawRequest.get("/2"));
            first.chunk("first");
            first.end();

            assertThat(client.readResponse().bodyText()).isEqualTo("first");
            assertThat(client.readResponse().bodyText()).isEqualTo("second");
        }
    }

    private static RawRequest chunked(String path) {
        return RawRequest.post(path).header("Transfer-Encoding", "chunked").following("5\r\nhello\r\n0\r\n\r\n");
    }
}
