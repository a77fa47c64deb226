package dev.lintel.loop;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a request through the whole chain costs, counted and not timed: bytes allocated by the threads of the server, and how many tasks
 * one of them gives to another, of which there is none in the way of a request.
 *
 * <p>The build runs it by itself and without the optimising compiler, which leaves out a part of what code allocates: how much depends on
 * what else has run and how busy the machine is. What code asks for is the same each time, to the byte.
 */
@EnabledIf("isWithoutOptimisingCompiler")
class RequestCostTest {

    /** Releases of Java differ by less than a hundredth. */
    private static final double TOLERANCE = 1.05;

    /** None is in the way of a request; there may be some beside them, by the clock. */
    private static final double ALLOWED_HAND_OVERS = 0.1;

    private static final int BATCH = 2_000;

    /** The cheapest tells, since what is done now and then, by the clock, falls into some. */
    private static final int COUNTED = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * A request, and the bytes recorded for it, as code asks for them. To record anew:
     * {@code mvn -pl gateway-server -am test -Dtest=RequestCostTest -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Dlintel.cost.print=true},
     * and put here and in docs/PERFORMANCE.md what it prints. Whoever needs more than before says there why.
     */
    private enum Kind {
        GET(11_820, RawRequest.get("/orders/7?page=2")),
        POST(12_640, RawRequest.post("/orders").body("b".repeat(2048)));

        private final int recorded;
        private final RawRequest request;

        Kind(int recorded, RawRequest request) {
            this.recorded = recorded;
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
    void wholeChainAllocatesAndHandsOverNoMoreThanRecorded(Kind kind) {
        String request = kind.request
                .header(
                        "Authorization",
                        "Bearer "
                                + issuer.token().expiresIn(Duration.ofHours(1)).sign())
                .header("Accept", "application/json")
                .header("User-Agent", "cost/1.0")
                .toString();
        double bytes = Double.MAX_VALUE;
        double handOvers = Double.MAX_VALUE;
        try (RawClient client = RawClient.connect(server.port())) {
            await().until(() -> client.send(request).readResponse().status() == 200);
            send(client, request);
            for (int batch = 0; batch < COUNTED; batch++) {
                long bytesBefore = allocated();
                long handedOverBefore = access.threads().handedOver();
                send(client, request);
                handOvers = Math.min(handOvers, (double) (access.threads().handedOver() - handedOverBefore) / BATCH);
                bytes = Math.min(bytes, (double) (allocated() - bytesBefore) / BATCH);
            }
        }
        if (Boolean.getBoolean("lintel.cost.print")) {
            System.out.printf("%s: %.0f bytes, %.4f hand-overs%n", kind, bytes, handOvers);
        }
        assertThat(bytes).as("bytes for a request").isLessThan(kind.recorded * TOLERANCE);
        assertThat(handOvers).as("hand-overs for a request").isLessThan(ALLOWED_HAND_OVERS);
    }

    static boolean isWithoutOptimisingCompiler() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1");
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
