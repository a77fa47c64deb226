package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.request.RequestPath;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.junit.jupiter.api.Test;

/** What comes on the connection of a client that has its answer is its next request, which is for the container to read. */
class WatchedClientTest {

    private static final Gateway GATEWAY =
            Gateway.builder().otherwise(Destination.hostApplication()).build();

    private final AtomicBoolean whileAnswering = new AtomicBoolean();
    private final AtomicBoolean whenAnswered = new AtomicBoolean();

    @Test
    void nobodyIsWatchedWhoseAnswerHasEnded() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                        .serve("/*", this::answer)
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(RawRequest.get("/a")).readResponse().status())
                        .isEqualTo(200);
            }
            assertThat(client.send(RawRequest.get("/watched")).readResponse().status())
                    .isEqualTo(200);
        }
        assertThat(whileAnswering).isTrue();
        assertThat(whenAnswered).isFalse();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = Exchange.begin(request, RequestPath.parse(request.getRequestURI()), GATEWAY.settings());
        ClientResponse answer = new ClientResponse(exchange, request, response);
        answer.start(() -> {});
        if (request.getRequestURI().equals("/watched")) {
            answer.watch(() -> {});
            whileAnswering.set(isWatched(request));
            answer.complete();
        } else {
            answer.complete();
            answer.watch(() -> {});
            whenAnswered.compareAndSet(false, isWatched(request));
        }
    }

    private static boolean isWatched(HttpServletRequest request) {
        return ClientConnection.of(request).endPoint() instanceof AbstractEndPoint endPoint
                && endPoint.getFillInterest().isInterested();
    }
}
