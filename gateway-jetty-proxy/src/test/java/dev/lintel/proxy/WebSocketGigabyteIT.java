package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A gibibyte of WebSocket frames of every kind and size, there and back:
 *
 * <pre>{@code
 * mvn -Pintegration -pl gateway-jetty-proxy -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dit.test=WebSocketGigabyteIT -DargLine=-Xmx256m
 * }</pre>
 */
class WebSocketGigabyteIT {

    @Test
    @Timeout(900)
    void passesAGibibyteOfFramesOfEveryKindAndSize() throws Exception {
        long begun = System.nanoTime();
        try (WebSocketEcho echo = WebSocketEcho.start();
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, echo.url())) {
            String[] digests = WebSocketEcho.exchange(app.port(), 1L << 30, 70_000);
            assertThat(digests[1]).isEqualTo(digests[0]);
        }
        System.out.printf("1 GiB there and back in %.1f s%n", (System.nanoTime() - begun) / 1e9);
    }
}
