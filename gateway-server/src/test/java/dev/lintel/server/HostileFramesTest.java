package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.testing.http2.StreamEnd;
import dev.lintel.upstream.Upstream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every row of {@link ConnectionFrames} and {@link MessageFrames}, each followed by a good request on a new connection. */
class HostileFramesTest {

    static final List<FrameRow> ROWS = Stream.of(ConnectionFrames.all(), MessageFrames.all())
            .flatMap(List::stream)
            .toList();

    private static final long PING = 0x4c696e74656cL;

    private static ScriptedUpstream upstream;
    private static GatewayServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("ok"));
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .http2ClearText()
                .maxStreams(10)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ROWS")
    void endsAsExpected(FrameRow row) {
        int before = upstream.requests().size();
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(row.frames().toArray(Frame[]::new));
            check(row, client);
        }
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/canary")).status())
                .isEqualTo(200);
        List<ReceivedRequest> all = upstream.requests();
        assertThat(all.subList(before, all.size()))
                .as(row.name())
                .filteredOn(request -> !request.path().equals("/canary") && request.complete())
                .extracting(ReceivedRequest::path)
                .isSubsetOf("/good");
    }

    private static void check(FrameRow row, FrameClient client) {
        switch (row.end()) {
            case ANSWERED -> {
                StreamEnd end = client.await(row.stream());
                assertThat(end.complete()).as(end.toString()).isTrue();
                assertThat(end.status()).as(end.toString()).isIn(row.codes());
            }
            case CONTINUED -> {
                client.send(Frame.ping(PING));
                assertThat(awaitPing(client)).as(row.name()).isTrue();
            }
            case STREAM_ERROR -> checkError(row, client.await(row.stream()), client);
            case REFUSED -> {
                StreamEnd end = client.await(row.stream());
                if (end.complete()) {
                    assertThat(end.status()).as(end.toString()).isBetween(400, 501);
                } else {
                    checkError(row, end, client);
                }
            }
            case CONNECTION_ERROR -> {
                int code = client.awaitClosed();
                assertThat(code < 0 || row.codes().isEmpty() || row.codes().contains(code))
                        .as("code %d", code)
                        .isTrue();
            }
        }
    }

    private static boolean awaitPing(FrameClient client) {
        for (int i = 0; i < 10; i++) {
            if (client.awaitPing(PING)) {
                return true;
            }
        }
        return false;
    }

    private static void checkError(FrameRow row, StreamEnd end, FrameClient client) {
        assertThat(end.complete()).as(end.toString()).isFalse();
        int code = Math.max(end.resetCode(), end.goAwayCode());
        if (code == ErrorCode.CANCEL && !row.codes().isEmpty() && !row.codes().contains(code)) {
            // what is wrong with the whole connection is told after its streams have been ended
            code = client.awaitClosed();
        }
        assertThat(code < 0 || row.codes().isEmpty() || row.codes().contains(code))
                .as(end.toString())
                .isTrue();
    }
}
