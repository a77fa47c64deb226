package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Container;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How late events are that a gateway passes on, in its own server and as a servlet:
 *
 * <pre>
 * mvn -Pintegration -pl gateway-server -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=EventStreamIT
 * </pre>
 */
@Timeout(300)
class EventStreamIT {

    private static final int EVENTS = 10_000;
    private static final int BEGINNINGS = 200;
    private static final long MILLION = 1_000_000;

    private final EventService service = EventService.start();

    private Gateway gateway() {
        return Gateway.builder()
                .upstream(Upstream.named("events").target(service.url()).maxConnections(2 * BEGINNINGS + 10))
                .route(Route.named("events").path("/events").to("events"))
                .build();
    }

    /** What the machine itself adds. */
    @Test
    void isWithinTheBarsWithoutAGateway() {
        try (service) {
            measure("no gateway", service.port());
        }
    }

    @Test
    void isWithinTheBarsInItsOwnServer() {
        try (service;
                GatewayServer server = GatewayServer.builder(gateway()).port(0).start()) {
            measure("GatewayServer", server.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void isWithinTheBarsAsServlet(Container container) {
        try (service;
                WebApp app = WebApp.on(container)
                        .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway())))
                        .start()) {
            measure("servlet, " + container, app.port());
        }
    }

    private void measure(String form, int port) {
        long[] first = new long[BEGINNINGS];
        EventClient last = null;
        for (int i = -BEGINNINGS; i < BEGINNINGS; i++) {
            EventClient client = EventClient.listen(port, "/events");
            long late = late(client);
            if (i >= 0) {
                first[i] = late;
            }
            if (i == BEGINNINGS - 1) {
                last = client;
            } else {
                client.close();
            }
        }
        assertThat(last).isNotNull();
        long[] all = new long[EVENTS];
        try (EventClient client = last) {
            int stream = 2 * BEGINNINGS - 1;
            CompletableFuture<Void> sending = CompletableFuture.runAsync(
                    () -> everyMillisecond(count -> service.send(stream, Long.toString(System.nanoTime()))));
            for (int i = 0; i < EVENTS; i++) {
                all[i] = late(client);
            }
            sending.join();
        }
        System.out.println(form + ": first event of " + BEGINNINGS + " streams " + told(first) + "; " + EVENTS
                + " events at 1,000 a second " + told(all));
        // the slowest few are the machine's if it has other work
        assertThat(percentile(first, 95)).isLessThanOrEqualTo(50 * MILLION);
        assertThat(percentile(all, 100)).isLessThanOrEqualTo(1000 * MILLION);
    }

    private static long late(EventClient client) {
        return Long.parseLong(client.next()) * -1 + System.nanoTime();
    }

    private static void everyMillisecond(IntConsumer action) {
        long begun = System.nanoTime();
        for (int i = 0; i < EVENTS; i++) {
            while (System.nanoTime() - begun < i * MILLION) {
                LockSupport.parkNanos(100_000);
            }
            action.accept(i);
        }
    }

    private static String told(long[] nanos) {
        return String.format(
                Locale.ROOT,
                "median %.2f ms, 99 %% %.2f ms, latest %.2f ms",
                percentile(nanos, 50) / 1e6,
                percentile(nanos, 99) / 1e6,
                percentile(nanos, 100) / 1e6);
    }

    private static long percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
