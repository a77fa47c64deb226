package dev.lintel.filters.ratelimit;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.filters.cors.CorsFilter;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.LimitKey;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows K12, K34 and K36 of the hostile inputs. */
class RateLimitRowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.create();

    /** Texts with one hash code are spread like any others: neither together in a bucket, nor one after the other in a table. */
    @Test
    void k12KeysWhoseHashCodesCollideAreCountedApart() {
        List<String> colliding = List.of("");
        for (int i = 0; i < 12; i++) {
            List<String> longer = new ArrayList<>();
            for (String text : colliding) {
                longer.add(text + "Aa");
                longer.add(text + "BB");
            }
            colliding = longer;
        }
        assertThat(new HashSet<>(colliding.stream().map(String::hashCode).toList()))
                .hasSize(1);
        KeyHasher hasher = KeyHasher.random();
        LimitKey key = by(header("X-Key"));
        Set<KeyHash> hashes = new HashSet<>();
        Set<Long> places = new HashSet<>();
        for (String text : colliding) {
            KeyHash hash = key.hash(List.of(text), hasher);
            hashes.add(hash);
            places.add(hash.low() & 8_191);
        }
        assertThat(hashes).hasSize(4_096);
        // of 4096 in 8192 places some 3223 are told apart by chance
        assertThat(places).hasSizeGreaterThan(3_000);
    }

    /** A stream counts when it is opened; what is held for it is held to its end. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void k34ALongStreamCountsOnceAndHoldsItsPermitToItsEnd(Container container) throws InterruptedException {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("opened", 10, Duration.ofDays(1))
                .concurrency("streams", 1)
                .build();
        BlockingQueue<AsyncContext> open = new LinkedBlockingQueue<>();
        try (WebApp app = WebApp.on(container)
                        .filter("limit", filter)
                        .serve("/stream", (request, response) -> {
                            response.setContentType("text/event-stream");
                            response.getOutputStream().print("data: 1\n\n");
                            response.flushBuffer();
                            AsyncContext context = request.startAsync(request, response);
                            context.setTimeout(0);
                            open.add(context);
                        })
                        .serve("/x", (request, response) -> response.getWriter().print("served"))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/stream").close());
            client.awaitText("data: 1");
            AsyncContext stream = open.poll(30, TimeUnit.SECONDS);
            assertThat(stream).isNotNull();
            RawResponse refused = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("RateLimit"))
                    .startsWith("\"opened\";r=9;")
                    .endsWith("\"streams\";r=0");
            stream.complete();
            client.readUntilClosed();
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            RawClient.exchange(app.port(), RawRequest.get("/x")).status() == 200);
        }
    }

    /** Preflights and health checks count where the filter sees them, and only there. */
    @Test
    void k36PreflightsAndHealthChecksAreExemptByWhereFiltersStand() {
        RateLimitFilter one = RateLimitFilter.builder().limit("one", 1, MINUTE).build();
        CorsFilter cors = CorsFilter.builder()
                .origins("https://app.example")
                .methods("GET")
                .build();
        RawRequest preflight = RawRequest.of("OPTIONS", "/api/x")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET");
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("begin", new BegunExchange(clock, false))
                .filter("cors", cors)
                .filter(FilterSetup.of("limit", one).patterns("/api/*"))
                .serve("/*", (request, response) -> response.getWriter().print("served"))
                .start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(RawClient.exchange(app.port(), preflight).status()).isLessThan(300);
                assertThat(RawClient.exchange(app.port(), RawRequest.get("/health"))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/api/x")).status())
                    .isEqualTo(200);
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/api/x")).status())
                    .isEqualTo(429);
        }
    }
}
