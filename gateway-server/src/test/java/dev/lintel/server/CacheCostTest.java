package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an answer out of the cache costs, counted and not timed: bytes allocated by the threads of the server. */
class CacheCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int BATCHES = 6;
    private static final int BATCH = 2_000;

    @Test
    @Timeout(300)
    void whatIsKeptTakesLessThanAskingForIt() {
        double kept = bytes(true);
        double asked = bytes(false);
        assertThat(kept).as("bytes for a hit").isLessThan(asked * 0.9);
    }

    private static double bytes(boolean cached) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("x".repeat(755), FRESH + "0000"));
                GatewayServer server = GatewayServer.builder(gateway(upstream, cached))
                        .port(0)
                        .withoutAdminPort()
                        .maxThreads(31)
                        .start();
                RawClient client = RawClient.connect(server.port())) {
            String request = RawRequest.get("/orders/7?page=2")
                    .header("Accept", "application/json")
                    .header("User-Agent", "cost/1.0")
                    .toString();
            double bytes = Double.MAX_VALUE;
            for (int batch = 0; batch < BATCHES; batch++) {
                long before = allocated();
                for (int i = 0; i < BATCH; i++) {
                    assertThat(client.send(request).readResponse().status()).isEqualTo(200);
                    if (upstream.requests().size() > 500) {
                        upstream.forget();
                    }
                }
                bytes = Math.min(bytes, (double) (allocated() - before) / BATCH);
            }
            return bytes;
        }
    }

    private static Gateway gateway(ScriptedUpstream upstream, boolean cached) {
        RouteBuilder route = Route.named("all").path("/**");
        if (cached) {
            route.filter(CacheFilter.create());
        }
        return Gateway.builder()
                .upstream(Upstream.named("origin").target(upstream.url()))
                .route(route.to("origin"))
                .build();
    }

    private static long allocated() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            boolean servers = thread != null && thread.getThreadName().startsWith("lintel-");
            sum += servers ? THREADS.getThreadAllocatedBytes(thread.getThreadId()) : 0;
        }
        return sum;
    }
}
