package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Time;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What caches are known to do, played through a gateway over real sockets; its clock is moved where time is to pass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheRowsTest {

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-06-01T12:00:00Z"));
    private final Map<String, CacheOrigin> origins = new ConcurrentHashMap<>();
    private final AtomicInteger ended = new AtomicInteger();
    private ScriptedUpstream upstream;
    private GatewayServer server;

    static Stream<CacheRow> rows() {
        return CacheRow.all().stream();
    }

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.start(
                request -> Objects.requireNonNull(origins.get(request.path().split("/")[1]))
                        .answer(request));
        // what is registered first is done last: after the cache has kept what it keeps
        Filter counting = (request, response, chain) -> {
            Objects.requireNonNull(Exchange.of(request)).onComplete(over -> ended.incrementAndGet());
            chain.doFilter(request, response);
        };
        server = GatewayServer.start(
                Gateway.builder()
                        .time(new Time(clock, clock.monotonic()))
                        .allowMethods("M-SEARCH")
                        .filter(counting)
                        .upstream(Upstream.named("origin").target(upstream.url()))
                        .route(Route.named("all")
                                .path("/**")
                                .filter(CacheFilter.builder()
                                        .clientsMayRevalidate(true)
                                        .heuristics(true)
                                        .build())
                                .to("origin"))
                        .build(),
                0);
    }

    @AfterAll
    void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is(CacheRow row) {
        List<String> wrong = play(row);
        if (row.deviates().isEmpty()) {
            assertThat(wrong).isEmpty();
        } else {
            assertThat(wrong).as("the reason is gone: " + row.deviates()).isNotEmpty();
        }
    }

    @Test
    void noRequiredRowDeviatesButByARuleOfThisCacheOrForWantOfAnOptionalOne() {
        assertThat(rows().filter(row ->
                        row.kind().equals("required") && !row.deviates().isEmpty()))
                .extracting(CacheRow::name)
                .containsExactlyInAnyOrder(
                        "headers-store-Set-Cookie",
                        "headers-store-Set-Cookie2",
                        "headers-store-Transfer-Encoding",
                        // these need optional ones
                        "stale-while-revalidate-window",
                        "partial-use-headers",
                        "partial-use-stored-headers");
    }

    /** The figures of the page. */
    @Test
    void theRowsAreCounted() {
        Map<String, int[]> counts = new TreeMap<>();
        rows().forEach(row -> {
            int[] count = counts.computeIfAbsent(row.kind(), any -> new int[2]);
            count[row.deviates().isEmpty() ? 0 : 1]++;
        });
        StringBuilder told = new StringBuilder();
        counts.forEach((kind, count) -> told.append(kind + " " + count[0] + " of " + (count[0] + count[1]) + "\n"));
        System.out.print(told);
    }

    private List<String> play(CacheRow row) {
        CacheOrigin origin = new CacheOrigin(row, clock);
        origins.put(row.name(), origin);
        List<String> wrong = new ArrayList<>();
        RawResponse before = null;
        for (int step = 0; step < row.steps().size(); step++) {
            CacheRow.Step now = row.steps().get(step);
            Instant dated = before == null || !before.hasHeader("Origin-Now")
                    ? clock.instant()
                    : Instant.ofEpochSecond(Long.parseLong(before.header("Origin-Now")));
            int due = ended.get() + 1;
            RawResponse response = RawClient.exchange(server.port(), request(row, now, step, dated));
            await().pollInterval(Duration.ofMillis(2)).until(() -> ended.get() >= due);
            for (String problem : new CacheExpectations(row, step, response, origin).problems()) {
                wrong.add("step " + (step + 1) + ": " + problem + "\n" + response);
            }
            clock.advance(Duration.ofSeconds(now.pause()));
            before = response;
        }
        return wrong;
    }

    private static RawRequest request(CacheRow row, CacheRow.Step step, int number, Instant dated) {
        String line = step.request().get(0);
        String method = line.split("[/?]")[0];
        RawRequest request = RawRequest.of(method, "/" + row.name() + line.substring(method.length()))
                .header("Step", Integer.toString(number));
        for (String part : step.request().subList(1, step.request().size())) {
            request = part.startsWith("body ")
                    ? request.body(part.substring(5))
                    : request.line(CacheOrigin.field(part, dated, ""));
        }
        return request;
    }
}
