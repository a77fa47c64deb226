package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.server.FrameUpstream.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that come to an HTTP/2 upstream when it has just said, or not said, that it takes no more on the connection. */
class StaleHttp2Test {

    private IntFunction<Answer> second = Answer::ok;
    private final FrameUpstream upstream =
            FrameUpstream.start((number, stream) -> number == 2 ? second.apply(stream) : Answer.ok(stream));
    private final GatewayServer server = GatewayServer.builder(Gateway.builder()
                    .upstream(Upstream.named("service").target(upstream.url()).protocol(Upstream.Protocol.H2C))
                    .route(Route.named("all")
                            .path("/**")
                            .connectTimeout(Duration.ofSeconds(20))
                            .to("service"))
                    .build())
            .port(0)
            // one loop, and so one connection
            .maxThreads(31)
            .start();

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    private static Answer goneAway(int stream) {
        return Answer.last(Frame.goAway(stream - 2, ErrorCode.NO_ERROR));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("it has gone away", "GET", (IntFunction<Answer>) StaleHttp2Test::goneAway, 200),
                Arguments.of("it goes without a word", "GET", (IntFunction<Answer>) stream -> Answer.last(), 200),
                Arguments.of(
                        "it refuses the stream",
                        "GET",
                        (IntFunction<Answer>) stream -> Answer.of(Frame.rst(stream, ErrorCode.REFUSED_STREAM)),
                        200),
                Arguments.of(
                        "it fails",
                        "GET",
                        (IntFunction<Answer>) stream -> Answer.of(Frame.rst(stream, ErrorCode.INTERNAL_ERROR)),
                        502),
                Arguments.of(
                        "it cancels",
                        "GET",
                        (IntFunction<Answer>) stream -> Answer.of(Frame.rst(stream, ErrorCode.CANCEL)),
                        502),
                Arguments.of("it has gone away", "POST", (IntFunction<Answer>) StaleHttp2Test::goneAway, 200),
                Arguments.of("it goes without a word", "POST", (IntFunction<Answer>) stream -> Answer.last(), 502),
                Arguments.of(
                        "it says something and refuses the stream then",
                        "POST",
                        (IntFunction<Answer>) stream -> Answer.of(
                                Frame.headers(stream, false, ":status", "103"),
                                Frame.rst(stream, ErrorCode.REFUSED_STREAM)),
                        502),
                Arguments.of(
                        "it has gone away", "PUT with a body", (IntFunction<Answer>) StaleHttp2Test::goneAway, 502));
    }

    @ParameterizedTest(name = "{1} when {0}")
    @MethodSource("ends")
    void areSentOnceMoreIfThatIsSafe(String what, String method, IntFunction<Answer> end, int status) {
        second = end;
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/a")).status())
                .isEqualTo(200);
        RawRequest request = switch (method) {
            case "GET" -> RawRequest.get("/b");
            case "POST" -> RawRequest.post("/b").body("");
            default ->
                RawRequest.raw("PUT /b HTTP/1.1", "Host: localhost", "Content-Length: 4")
                        .following("body");
        };
        assertThat(RawClient.exchange(server.port(), request).status()).isEqualTo(status);
        assertThat(upstream.requests()).isEqualTo(status == 200 ? 3 : 2);
    }
}
