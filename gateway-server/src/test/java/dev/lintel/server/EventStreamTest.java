package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.upstream.Upstream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that last, such as server-sent events (how fast: {@link EventStreamIT}). */
class EventStreamTest {

    private static final int STREAMS = 1000;
    private static final int EVENTS = 10_000;
    private static final int THREADS = 16;

    private EventService service;
    private GatewayServer server;

    @BeforeEach
    void start() {
        service = EventService.start();
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("events").target(service.url()).maxConnections(STREAMS + 10))
                        .route(Route.named("events").path("/events").to("events"))
                        .route(Route.named("plain").path("/plain").answer(200, "text/plain", "plain"))
                        .build())
                .port(0)
                .maxThreads(THREADS)
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
        server.close();
    }

    /** Were a stream to take a thread, these threads would do for the first few alone. */
    @Test
    void thatAreIdleCostNoThread() {
        List<EventClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS; i++) {
                clients.add(EventClient.listen(server.port(), "/events"));
                clients.get(i).next();
            }
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            for (int i = THREADS; i < STREAMS; i++) {
                clients.add(EventClient.listen(server.port(), "/events"));
                clients.get(i).next();
            }
            int after = ManagementFactory.getThreadMXBean().getThreadCount();
            assertThat(service.streams()).isEqualTo(STREAMS);
            assertThat(after - before).as("threads more").isLessThanOrEqualTo(2 * THREADS);
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/plain"))
                            .bodyText())
                    .isEqualTo("plain");
            // in the order of the streams at the service, which need not be that of the clients
            for (int i = 0; i < STREAMS; i++) {
                service.send(i, "again");
            }
            assertThat(clients).allSatisfy(client -> assertThat(client.next()).isEqualTo("again"));
        } finally {
            clients.forEach(EventClient::close);
        }
    }

    @Test
    void passEachEventOnBeforeTheNextIsThere() {
        try (EventClient client = EventClient.listen(server.port(), "/events")) {
            client.next();
            for (int i = 0; i < 100; i++) {
                service.send(0, "event " + i);
                assertThat(client.next()).isEqualTo("event " + i);
            }
        }
    }

    @Test
    void passManyEventsOnInOrder() {
        try (EventClient client = EventClient.listen(server.port(), "/events")) {
            client.next();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < EVENTS; i++) {
                    service.send(0, "event " + i);
                }
            });
            for (int i = 0; i < EVENTS; i++) {
                assertThat(client.next()).isEqualTo("event " + i);
            }
            sent.join();
        }
    }
}
