package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.conformance.frames.FrameRow;
import dev.lintel.conformance.frames.FrameRows;
import dev.lintel.conformance.frames.TakenFrames;
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
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every row of frames over HTTP/2 in clear text, each followed by a good request on a new connection. In our own server each
 * ends as it says. In other containers, whose own parsers decide how a connection ends, no bad request may come through.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FramesRun {

    private static final long PING = 0x4c696e74656cL;

    private final String container;
    private final boolean exact;
    private final Function<Gateway, Runner.Running> runner;
    private ScriptedUpstream upstream;
    private Runner.Running running;

    /**
     * A run of all rows.
     *
     * @param container which container; empty for our own server, where each row must end as it says
     * @param runner runs a gateway that speaks HTTP/2 in clear text, our own server with at most ten streams
     */
    protected FramesRun(String container, Function<Gateway, Runner.Running> runner) {
        this.container = container;
        this.exact = container.isEmpty();
        this.runner = runner;
    }

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("ok"));
        running = runner.apply(Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all").path("/**").to("service"))
                .build());
    }

    @AfterAll
    void stop() {
        running.close();
        upstream.close();
    }

    @TestFactory
    Stream<DynamicTest> hostileFramesEndAsTheRowSays() {
        return FrameRows.all().stream().map(row -> dynamicTest("F " + row.name(), () -> play(row)));
    }

    private void play(FrameRow row) {
        int before = upstream.requests().size();
        try (FrameClient client = FrameClient.connect(running.port())) {
            client.send(row.frames().toArray(Frame[]::new));
            if (exact) {
                check(row, client);
            } else if (row.end() == FrameRow.End.REFUSED) {
                awaitEnd(row, client);
            }
        }
        assertThat(RawClient.exchange(running.port(), RawRequest.get("/canary")).status())
                .isEqualTo(200);
        if (!exact && (row.end() != FrameRow.End.REFUSED || TakenFrames.has(container, row))) {
            // of several frames the good ones before a bad one may have been served, too
            return;
        }
        List<ReceivedRequest> all = upstream.requests();
        assertThat(all.subList(before, all.size()))
                .as(row.name())
                .filteredOn(request -> !request.path().equals("/canary") && request.complete())
                .extracting(ReceivedRequest::path)
                .isSubsetOf("/good");
    }

    private static void awaitEnd(FrameRow row, FrameClient client) {
        try {
            client.await(row.stream());
        } catch (UncheckedIOException closed) {
            // that is an end, too
        }
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
