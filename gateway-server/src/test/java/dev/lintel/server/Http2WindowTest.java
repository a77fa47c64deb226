package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The preface, and the windows that a client gives (RFC 9113 sections 3.4 and 6.9). */
class Http2WindowTest {

    private static final int INITIAL_WINDOW_SIZE = 4;

    private final GatewayServer server = GatewayServer.builder(Gateway.builder()
                    .route(Route.named("hello").path("/hello").answer(200, "text/plain", "hello"))
                    .build())
            .port(0)
            .http2ClearText()
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void closesConnectionWithAnotherPreface() {
        try (FrameClient client = FrameClient.bare(server.port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            client.send(Frame.settings());
            client.awaitClosed();
        }
    }

    @Test
    void sendsNoMoreThanTheWindow() {
        try (FrameClient client = FrameClient.connect(server.port()).keepingWindow()) {
            client.send(Frame.settings(INITIAL_WINDOW_SIZE, 1)).awaitSettingsAcknowledged();
            client.send(Frame.get(1, "/hello"));
            assertThat(data(client)).isEqualTo("h");
            client.send(Frame.windowUpdate(1, 2));
            assertThat(data(client)).isEqualTo("el");
            // a larger initial window is given to open streams as well
            client.send(Frame.settings(INITIAL_WINDOW_SIZE, 3));
            assertThat(data(client)).isEqualTo("lo");
        }
    }

    @Test
    void waitsWhileTheWindowIsNegative() {
        try (FrameClient client = FrameClient.connect(server.port()).keepingWindow()) {
            client.send(Frame.settings(INITIAL_WINDOW_SIZE, 3)).awaitSettingsAcknowledged();
            client.send(Frame.get(1, "/hello"));
            assertThat(data(client)).isEqualTo("hel");
            client.send(Frame.settings(INITIAL_WINDOW_SIZE, 2)).awaitSettingsAcknowledged();
            client.send(Frame.windowUpdate(1, 1), Frame.ping(1));
            assertThat(client.awaitPing(1)).isTrue();
            client.send(Frame.windowUpdate(1, 1));
            assertThat(data(client)).isEqualTo("l");
        }
    }

    /** The content of the next DATA frame. */
    private static String data(FrameClient client) {
        Frame frame = client.read();
        while (frame != null && frame.type() != Frame.DATA) {
            frame = client.read();
        }
        assertThat(frame).isNotNull();
        return new String(frame.payload(), StandardCharsets.ISO_8859_1);
    }
}
