package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.loop.CountedCalls.Calls;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request on kept connections asks of the system: to read and to write once on either side, and nothing else. */
class WireCallsTest {

    private static final String BODY = "x".repeat(755);
    private static final int BEFORE = 50;
    private static final int REQUESTS = 500;

    private final CountedCalls client = new CountedCalls();
    private final CountedCalls upstreams = new CountedCalls();
    private final LoopAccess access = new LoopAccess((channel, selector, key, loops, side) -> {
        CountedCalls counted = side == null ? client : upstreams;
        return new LoopEndPoint(counted.of(channel), selector, counted.of(key), loops, side);
    });
    private ScriptedUpstream upstream;
    private GatewayServer server;
    private Calls ofClient = new Calls(0, 0, 0, 0);
    private Calls ofUpstream = new Calls(0, 0, 0, 0);

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.answering(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 755\r\n\r\n" + BODY));
        server = GatewayServer.builder(Gateway.builder()
                        .filter(access)
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .withoutAdminPort()
                .oneLoop(true)
                // so few that there is one loop, so that both sides of a request are on the same
                .maxThreads(31)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void requestReadsAndWritesOnceOnEitherSideAndChangesNothingThatIsWatched(String method) {
        RawRequest request = RawRequest.of(method, "/a");
        ask(method.equals("POST") ? request.body("b".repeat(2048)) : request);

        Calls once = new Calls(REQUESTS, REQUESTS, 0, 0);
        assertThat(ofClient).as("client").isEqualTo(once);
        assertThat(ofUpstream).as("upstream").isEqualTo(once);
    }

    /** What the other is better than: the answer is written when what has read it is done. */
    @Test
    void answerOfUnknownLengthIsLeftToTheTurn() {
        upstream.answerWith(request ->
                Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2f3\r\n" + BODY + "\r\n0\r\n\r\n"));
        ask(RawRequest.get("/a"));

        assertThat(ofClient.left()).isGreaterThanOrEqualTo(REQUESTS);
    }

    @Test
    void answerThatComesPieceByPieceIsHandedToNobody() {
        ask(RawRequest.get("/a"));
        try (RawClient asking = RawClient.connect(server.port())) {
            askForTwoPieces(asking, BEFORE);
            long before = access.threads().handedOver();
            askForTwoPieces(asking, REQUESTS);
            // none in the way of a request; there may be some beside them
            assertThat(access.threads().handedOver() - before).isLessThan(REQUESTS / 10);
        }
    }

    private void askForTwoPieces(RawClient asking, int times) {
        for (int i = 0; i < times; i++) {
            LiveAnswer live = LiveAnswer.raw("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npati");
            upstream.answerWith(request -> live);
            asking.send(RawRequest.get("/a")).awaitText("pati");
            live.write("ence").end();
            assertThat(asking.readResponse().bodyText()).isEqualTo("patience");
        }
    }

    private void ask(RawRequest request) {
        try (RawClient asking = RawClient.connect(server.port())) {
            // not so the first ones, which wait for a connection to be made
            ask(asking, request, BEFORE);
            Calls clientBefore = client.soFar();
            Calls upstreamsBefore = upstreams.soFar();
            ask(asking, request, REQUESTS);
            // before the client leaves, which is read, too
            ofClient = client.soFar().since(clientBefore);
            ofUpstream = upstreams.soFar().since(upstreamsBefore);
        }
    }

    private static void ask(RawClient asking, RawRequest request, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(asking.send(request).readResponse().bodyText()).isEqualTo(BODY);
        }
    }
}
