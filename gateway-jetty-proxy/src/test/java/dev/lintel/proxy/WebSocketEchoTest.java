package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import org.junit.jupiter.api.Test;

/** WebSocket messages between a client and a service that are somebody else's. */
class WebSocketEchoTest {

    @Test
    void passesFramesOfEveryKindAndSize() throws Exception {
        try (WebSocketEcho echo = WebSocketEcho.start();
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, echo.url())) {
            String[] digests = WebSocketEcho.exchange(app.port(), 16 << 20, 70_000);
            assertThat(digests[1]).isEqualTo(digests[0]);
        }
    }
}
