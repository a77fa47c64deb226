package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.upstream.Upstream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Cheap frames in great numbers end their connection, and cost the upstream next to nothing. */
class Http2FloodTest {

    private static final int MANY = 10_000;

    /**
     * A flood.
     *
     * @param name an advisory and what is sent
     * @param first what is sent before
     * @param frames what is sent each time, by the number of the time
     */
    record Flood(String name, List<Frame> first, IntFunction<Frame[]> frames) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Flood> FLOODS = List.of(
            flood("CVE-2023-44487 HEADERS and RST_STREAM", i ->
                    new Frame[] {Frame.get(2 * i + 1, "/reset"), Frame.rst(2 * i + 1, ErrorCode.CANCEL)}),
            flood("CVE-2025-8671 HEADERS and what the server must reset", i ->
                    new Frame[] {Frame.post(2 * i + 1, "/reset"), Frame.windowUpdate(2 * i + 1, 0)}),
            flood("CVE-2019-9512 PING", i -> new Frame[] {Frame.ping(i)}),
            flood("CVE-2019-9515 SETTINGS", i -> new Frame[] {Frame.settings()}),
            flood("CVE-2019-9513 PRIORITY", i -> new Frame[] {Frame.priority(2 * i + 1, 0)}),
            flood("CVE-2019-9518 empty DATA", i -> new Frame[] {Frame.data(1, false, "")}, Frame.post(1, "/empty")),
            flood(
                    "CVE-2024-27316 empty CONTINUATION",
                    i -> new Frame[] {Frame.continuation(1, false, new byte[0])},
                    new Frame(Frame.HEADERS, Frame.END_STREAM, 1, new byte[0])),
            flood(
                    "CVE-2024-27316 CONTINUATION without end",
                    i -> new Frame[] {Frame.continuation(1, false, new byte[1000])},
                    new Frame(Frame.HEADERS, Frame.END_STREAM, 1, new byte[0])),
            flood("unknown frames", i -> new Frame[] {new Frame(0x16, 0, 0, new byte[1])}));

    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("ok"));
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .http2ClearText()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("FLOODS")
    void endsItsConnection(Flood flood) {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(flood.first().toArray(Frame[]::new));
            sendAll(flood, client);
            // a flood that is cut off by a reset may lose what was told before
            assertThat(client.awaitClosed()).isIn(-1, ErrorCode.ENHANCE_YOUR_CALM, ErrorCode.PROTOCOL_ERROR);
        }
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/canary")).status())
                .isEqualTo(200);
        assertThat(upstream.requests()).hasSizeLessThan(500);
    }

    @Test
    void letsGoodConnectionsBeWhileAnotherFloods() {
        try (FrameClient good = FrameClient.connect(server.port());
                FrameClient bad = FrameClient.connect(server.port())) {
            for (int i = 0; i < 50; i++) {
                sendAll(FLOODS.get(2), bad);
                good.send(Frame.get(2 * i + 1, "/good"));
                assertThat(good.await(2 * i + 1).status()).isEqualTo(200);
            }
        }
    }

    private static void sendAll(Flood flood, FrameClient client) {
        try {
            for (int i = 0; i < MANY; i++) {
                client.send(flood.frames().apply(i));
            }
        } catch (UncheckedIOException closed) {
            // by the server, before the end of the flood
        }
    }

    private static Flood flood(String name, IntFunction<Frame[]> frames, Frame... first) {
        return new Flood(name, List.of(first), frames);
    }
}
