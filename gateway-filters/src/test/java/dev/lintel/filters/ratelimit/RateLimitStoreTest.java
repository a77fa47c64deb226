package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.testing.Container;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits that are counted elsewhere: rows K16 to K18 of the hostile inputs, as far as the filter decides them. */
class RateLimitStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.create();
    private final Store store = new Store();

    private enum How {
        AT_ONCE,
        LATER,
        FAILING,
        THROWING,
        NEVER
    }

    /** A store in this process, which can answer badly. */
    private static final class Store implements RateLimitStore {

        private volatile How how = How.LATER;
        private volatile int sharers = 1;
        private final LocalRateLimiter counts = new LocalRateLimiter(limits(), 1_000);
        private final CopyOnWriteArrayList<CompletableFuture<RateLimitDecision>> open = new CopyOnWriteArrayList<>();
        private final CopyOnWriteArrayList<Long> settled = new CopyOnWriteArrayList<>();

        private static List<RateLimit> limits() {
            return List.of(RateLimit.TokenBucket.of("x", 4, MINUTE), Concurrency.of("held", 2));
        }

        @Override
        public Optional<String> objection(RateLimit limit) {
            return limit.name().equals("odd") ? Optional.of("an even limit") : Optional.empty();
        }

        @Override
        public KeyHasher hasher() {
            return KeyHasher.of(new byte[16]);
        }

        @Override
        public CompletionStage<RateLimitDecision> acquire(List<Charge> charges, Time time) {
            return switch (how) {
                case AT_ONCE -> CompletableFuture.completedStage(counts.acquire(charges, time));
                case LATER ->
                    CompletableFuture.supplyAsync(() -> counts.acquire(charges, time), ForkJoinPool.commonPool());
                case FAILING -> CompletableFuture.failedStage(new IllegalStateException("gone"));
                case THROWING -> throw new IllegalStateException("broken");
                case NEVER -> {
                    CompletableFuture<RateLimitDecision> never = new CompletableFuture<>();
                    open.add(never);
                    yield never;
                }
            };
        }

        @Override
        public CompletionStage<RateLimitDecision> peek(List<Charge> charges, Time time) {
            return CompletableFuture.completedStage(counts.peek(charges, time));
        }

        @Override
        public CompletionStage<Void> settle(RateLimitDecision decision, List<Charge> charges, long[] costs) {
            for (long cost : costs) {
                settled.add(cost);
            }
            if (decision instanceof CountedDecision local) {
                counts.settle(local, charges, costs, Time.system());
            }
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> reset(RateLimit limit, KeyHash key) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Status status() {
            return new Status(how != How.NEVER, "as told");
        }

        @Override
        public int sharers() {
            return sharers;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private WebApp app(Container container, RateLimitFilter filter) {
        return WebApp.on(container)
                .filter("begin", new BegunExchange(clock, false))
                .filter("limit", filter)
                .serve("/*", (request, response) -> response.getWriter().print("served"))
                .start();
    }

    private RateLimitFilterBuilder filter() {
        return RateLimitFilter.builder().limit("x", 4, MINUTE).store(store).storeDeadline(Duration.ofSeconds(10));
    }

    private static RawResponse get(WebApp app) {
        return RawClient.exchange(app.port(), RawRequest.get("/x"));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void asksTheStoreWhetherItAnswersAtOnceOrLater(Container container) {
        try (WebApp app = app(container, filter().build())) {
            for (int i = 3; i >= 0; i--) {
                store.how = i % 2 == 0 ? How.LATER : How.AT_ONCE;
                RawResponse response = get(app);
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("RateLimit")).startsWith("\"x\";r=" + i + ";");
            }
            RawResponse refused = get(app);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("15");
        }
    }

    /** K16, K17: half of the limit for each of two, by default. */
    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"FAILING", "THROWING", "NEVER"})
    void k16CountsItsOwnShareWhenTheStoreDoesNotDecide(How how) {
        store.how = how;
        RateLimitFilter filter =
                filter().storeDeadline(Duration.ofMillis(20)).instances(2).build();
        try (WebApp app = app(Container.JETTY_EE10, filter)) {
            assertThat(get(app).status()).isEqualTo(200);
            assertThat(get(app).status()).isEqualTo(200);
            assertThat(get(app).status()).isEqualTo(429);
            assertThat(filter.view().storeFailures()).isEqualTo(3);
            store.how = How.AT_ONCE;
            filter.view();
            RawResponse shared = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(shared.status()).isEqualTo(200);
        }
    }

    @Test
    void k16PassesOrRefusesIfAskedWhenTheStoreDoesNotDecide() {
        store.how = How.FAILING;
        RateLimitFilter open =
                filter().onStoreError(RateLimitFilter.StoreError.ALLOW).build();
        try (WebApp app = app(Container.JETTY_EE10, open)) {
            for (int i = 0; i < 9; i++) {
                RawResponse response = get(app);
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.hasHeader("RateLimit")).isFalse();
            }
        }
        RateLimitFilter closed =
                filter().onStoreError(RateLimitFilter.StoreError.DENY).build();
        try (WebApp app = app(Container.JETTY_EE10, closed)) {
            RawResponse response = get(app);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.bodyText()).contains("\"rule\":\"limit-store-unavailable\"");
            assertThat(response.header("Retry-After")).isEqualTo("1");
        }
    }

    /** What the store grants when nobody waits for it any more is not lost. */
    @Test
    void k17GivesBackWhatTheStoreGrantsTooLate() {
        store.how = How.NEVER;
        RateLimitFilter filter = filter().storeDeadline(Duration.ofMillis(20)).build();
        try (WebApp app = app(Container.JETTY_EE10, filter)) {
            assertThat(get(app).status()).isEqualTo(200);
            store.open.get(0).complete(RateLimitDecision.allowed(List.of(), 0));
            assertThat(store.settled).containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void settlesWithTheStoreWhenARequestHasEnded(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .concurrency("held", 2)
                .store(store)
                .storeDeadline(Duration.ofSeconds(10))
                .build();
        try (WebApp app = app(container, filter)) {
            for (int i = 1; i <= 5; i++) {
                int count = i;
                assertThat(get(app).status()).isEqualTo(200);
                await().until(() -> store.settled.size() == count);
            }
        }
    }

    @Test
    void k16HoldsItsShareOfPermitsWhenTheStoreDoesNotDecide() throws Exception {
        store.how = How.FAILING;
        store.sharers = 2;
        CountDownLatch come = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        RateLimitFilter filter =
                RateLimitFilter.builder().concurrency("held", 4).store(store).build();
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                        .filter("begin", new BegunExchange(clock, false))
                        .filter("limit", filter)
                        .serve("/*", (request, response) -> {
                            come.countDown();
                            await().until(() -> go.getCount() == 0);
                        })
                        .start();
                RawClient one = RawClient.connect(app.port()).send(RawRequest.get("/x"));
                RawClient other = RawClient.connect(app.port()).send(RawRequest.get("/x"))) {
            assertThat(come.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(get(app).status()).isEqualTo(429);
            go.countDown();
            assertThat(one.readResponse().status()).isEqualTo(200);
            assertThat(other.readResponse().status()).isEqualTo(200);
            await().until(() -> get(app).status() == 200);
        }
    }

    @Test
    void refusesLimitsThatTheStoreCannotCount() {
        RateLimitFilter filter =
                RateLimitFilter.builder().limit("odd", 3, MINUTE).store(store).build();
        assertThatThrownBy(() -> app(Container.JETTY_EE10, filter).close())
                .rootCause()
                .hasMessageContaining("limits.odd: TokenBucket (expected: an even limit)");
    }
}
