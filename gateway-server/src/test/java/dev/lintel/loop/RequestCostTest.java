package dev.lintel.loop;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestIssuer;
import dev.lintel.upstream.Upstream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a request through the whole chain costs, counted and not timed: bytes allocated by the threads of the server, and how many tasks
 * one of them gives to another, of which there is none in the way of a request.
 *
 * <p>The compiler takes its time to leave out what is not needed, so the same number of requests goes before on any machine, and the
 * cheapest of the batches that follow tells.
 */
class RequestCostTest {

    /**
     * Bytes for a request, counted on each release of Java; one between is held to the one before. To record anew, run this test with
     * {@code -Dlintel.cost.print=true} three times on each, by {@code JAVA_HOME}, and put the middle one of what it prints here and in
     * docs/PERFORMANCE.md. Whoever needs more than before says there why.
     */
    private static final NavigableMap<Integer, Map<Kind, Integer>> RECORDED = new TreeMap<>(Map.of(
            17, Map.of(Kind.GET, 10_200, Kind.POST, 10_900),
            25, Map.of(Kind.GET, 9_500, Kind.POST, 10_000)));

    /** What may differ from run to run, by what the compiler happens to leave out. */
    private static final double TOLERANCE = 1.1;

    /** None is in the way of a request; there may be some beside them, by the clock. */
    private static final double ALLOWED_HAND_OVERS = 0.1;

    /** As many on any machine, since what is allocated becomes less as long as the compiler works. */
    private static final int BATCH = 2_000;

    private static final int COUNTED = 4;

    /** So many more count while it is too much, for on a busy machine the compiler is late. */
    private static final int MORE = 30;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A request, and how many batches go before those that count: the second finds most of it compiled. */
    private enum Kind {
        GET(10, RawRequest.get("/orders/7?page=2")),
        POST(3, RawRequest.post("/orders").body("b".repeat(2048)));

        private final int before;
        private final RawRequest request;

        Kind(int before, RawRequest request) {
            this.before = before;
            this.request = request;
        }
    }

    private final LoopAccess access = new LoopAccess(null);
    private final TestIssuer issuer = TestIssuer.start();
    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        // in one write, so that it is not chance whether it comes in one piece
        upstream = ScriptedUpstream.answering(
                Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 755\r\n\r\n" + "x".repeat(755)));
        server = GatewayServer.builder(Gateway.builder()
                        .filter(RequestIdFilter.create())
                        .filter(AccessLogFilter.builder()
                                .file(directory.resolve("access.log"))
                                .build())
                        .filter(HeaderStripFilter.builder()
                                .requestHeaders("X-Internal-*")
                                .build())
                        .filter(RateLimitFilter.builder()
                                .limit("per-address", 10_000_000, Duration.ofMinutes(1))
                                .key(by(address()))
                                .build())
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all")
                                .path("/**")
                                .filter(JwtAuthFilter.builder()
                                        .issuer(issuer.url())
                                        .anyAudience(true)
                                        .build())
                                .filter(RateLimitFilter.builder()
                                        .limit("per-user", 10_000_000, Duration.ofMinutes(1))
                                        .key(by(claim("sub")))
                                        .build())
                                .to("service"))
                        .filter(access)
                        .build())
                .port(0)
                .withoutAdminPort()
                .oneLoop(true)
                // so few that there is one loop: with two it is chance whether both sides of a request are on the same
                .maxThreads(31)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(300)
    void wholeChainAllocatesAndHandsOverNoMoreThanRecorded(Kind kind) {
        String request = kind.request
                .header(
                        "Authorization",
                        "Bearer "
                                + issuer.token().expiresIn(Duration.ofHours(1)).sign())
                .header("Accept", "application/json")
                .header("User-Agent", "cost/1.0")
                .toString();
        int release = Runtime.version().feature();
        int recorded = requireNonNull(RECORDED.floorEntry(release).getValue().get(kind));
        double bytes = Double.MAX_VALUE;
        double handOvers = Double.MAX_VALUE;
        try (RawClient client = RawClient.connect(server.port())) {
            await().until(() -> client.send(request).readResponse().status() == 200);
            for (int batch = 0; batch < kind.before; batch++) {
                send(client, request);
            }
            for (int batch = 0; batch < COUNTED || batch < MORE && bytes >= recorded * TOLERANCE; batch++) {
                long bytesBefore = allocated();
                long handedOverBefore = access.threads().handedOver();
                send(client, request);
                handOvers = Math.min(handOvers, (double) (access.threads().handedOver() - handedOverBefore) / BATCH);
                bytes = Math.min(bytes, (double) (allocated() - bytesBefore) / BATCH);
            }
        }
        if (Boolean.getBoolean("lintel.cost.print")) {
            System.out.printf("Java %d, %s: %.0f bytes, %.4f hand-overs%n", release, kind, bytes, handOvers);
        }
        assertThat(bytes).as("bytes for a request").isLessThan(recorded * TOLERANCE);
        assertThat(handOvers).as("hand-overs for a request").isLessThan(ALLOWED_HAND_OVERS);
    }

    private void send(RawClient client, String request) {
        for (int i = 0; i < BATCH; i++) {
            assertThat(client.send(request).readResponse().status()).isEqualTo(200);
            if (upstream.requests().size() > 500) {
                upstream.forget();
            }
        }
    }

    private static long allocated() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            sum += isServers(thread) ? THREADS.getThreadAllocatedBytes(thread.getThreadId()) : 0;
        }
        return sum;
    }

    private static boolean isServers(ThreadInfo thread) {
        return thread != null && thread.getThreadName().startsWith("lintel-");
    }
}
