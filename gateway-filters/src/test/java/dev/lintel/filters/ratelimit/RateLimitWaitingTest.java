package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.testing.Container;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that wait, in filters that stand alone. Inside a gateway see LimitsThatWaitTest of gateway-server. */
class RateLimitWaitingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final MutableClock clock = MutableClock.create();
    private final CountDownLatch served = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();

    @AfterEach
    void letGo() {
        served.countDown();
    }

    private WebApp app(Container container, RateLimitFilter filter) {
        return WebApp.on(container)
                .filter("begin", new BegunExchange(clock, true))
                .filter("limit", filter)
                .serve("/held", (request, response) -> {
                    inside.incrementAndGet();
                    try {
                        assertThat(served.await(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    response.getWriter().print("held");
                })
                .serve("/quick", (request, response) -> response.getWriter().print("quick"))
                .start();
    }

    private static CompletableFuture<RawResponse> later(WebApp app, String path) {
        return CompletableFuture.supplyAsync(
                () -> RawClient.exchange(app.port(), RawRequest.get(path)), task -> new Thread(task).start());
    }

    private static RawResponse get(WebApp app, String path) {
        return RawClient.exchange(app.port(), RawRequest.get(path));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesWhatIsTooMuchAtATimeAndLetsInWhenARequestHasEnded(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder().concurrency("two", 2).build();
        try (WebApp app = app(container, filter)) {
            List<CompletableFuture<RawResponse>> held = List.of(later(app, "/held"), later(app, "/held"));
            await().atMost(LONG).untilAtomic(inside, is(2));
            RawResponse refused = get(app, "/quick");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"two\";q=2;qu=\"concurrent-requests\"");
            assertThat(refused.header("RateLimit")).isEqualTo("\"two\";r=0");
            served.countDown();
            held.forEach(one -> assertThat(one.join().status()).isEqualTo(200));
            await().atMost(LONG).until(() -> get(app, "/quick").status() == 200);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void letsThoseInWhoWaitInTheOrderInWhichTheyCame(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(new Concurrency("one", 1, 2, Duration.ofSeconds(30)))
                .build();
        try (WebApp app = app(container, filter)) {
            CompletableFuture<RawResponse> first = later(app, "/held");
            await().atMost(LONG).untilAtomic(inside, is(1));
            List<CompletableFuture<RawResponse>> waiting = new ArrayList<>();
            for (int i = 1; i <= 2; i++) {
                waiting.add(later(app, "/quick"));
                int count = i;
                await().atMost(LONG).until(() -> filter.view().waiting() == count);
            }
            assertThat(get(app, "/quick").status()).isEqualTo(429);
            served.countDown();
            assertThat(first.join().status()).isEqualTo(200);
            waiting.forEach(one -> assertThat(one.join().status()).isEqualTo(200));
            assertThat(filter.view().waiting()).isZero();
            assertThat(get(app, "/quick").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesWhoHasWaitedForTooLongAndChargesHimNothing(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("rate", 10, Duration.ofDays(1))
                .limit(new Concurrency("one", 1, 1, Duration.ofMillis(20)))
                .build();
        try (WebApp app = app(container, filter)) {
            CompletableFuture<RawResponse> first = later(app, "/held");
            await().atMost(LONG).untilAtomic(inside, is(1));
            RawResponse refused = get(app, "/quick");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.bodyText()).contains("\"violated-policies\":[\"one\"]");
            assertThat(refused.header("RateLimit")).startsWith("\"rate\";r=9;");
            assertThat(filter.view().waiting()).isZero();
            served.countDown();
            assertThat(first.join().status()).isEqualTo(200);
            await().atMost(LONG).until(() -> get(app, "/quick").status() == 200);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void delaysWhatIsBeyondTheRateAndRefusesWhatIsBeyondTheBurst(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(LeakyBucket.of("smooth", 50, Duration.ofSeconds(1), 3))
                .status(503)
                .build();
        try (WebApp app = app(container, filter)) {
            for (int i = 0; i < 4; i++) {
                assertThat(get(app, "/quick").status()).isEqualTo(200);
            }
            RawResponse refused = get(app, "/quick");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("RateLimit")).startsWith("\"smooth\";r=0;");
            assertThat(filter.view().waiting()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesWhoeverWouldWaitWhereNobodyMayAndChargesHimNothing(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(LeakyBucket.of("smooth", 1, Duration.ofSeconds(10), 5))
                .maxWaiting(0)
                .build();
        try (WebApp app = app(container, filter)) {
            assertThat(get(app, "/quick").status()).isEqualTo(200);
            for (int i = 0; i < 10; i++) {
                RawResponse refused = get(app, "/quick");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("Retry-After")).isEqualTo("10");
            }
            clock.advance(Duration.ofSeconds(10));
            assertThat(get(app, "/quick").status()).isEqualTo(200);
        }
    }
}
