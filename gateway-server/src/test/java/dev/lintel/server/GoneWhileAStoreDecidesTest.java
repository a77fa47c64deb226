package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Stage;
import dev.lintel.Time;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.option.OptionReader;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A permit that a store grants to somebody who is gone by then is given back, once. */
class GoneWhileAStoreDecidesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RateLimit ONE = RateLimit.Concurrency.of("one", 1);

    /** Decides when told. */
    private static final class SlowStore implements RateLimitStore {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CompletableFuture<RateLimitDecision> decision = new CompletableFuture<>();
        private final AtomicInteger settled = new AtomicInteger();

        @Override
        public Optional<String> objection(RateLimit limit) {
            return Optional.empty();
        }

        @Override
        public KeyHasher hasher() {
            return KeyHasher.of(new byte[16]);
        }

        @Override
        public CompletionStage<RateLimitDecision> acquire(List<Charge> charges, Time time) {
            asked.countDown();
            return decision;
        }

        @Override
        public CompletionStage<RateLimitDecision> peek(List<Charge> charges, Time time) {
            return decision;
        }

        @Override
        public CompletionStage<Void> settle(RateLimitDecision of, List<Charge> charges, long[] costs) {
            settled.incrementAndGet();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> reset(RateLimit limit, KeyHash key) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Status status() {
            return new Status(true, "slow");
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** Tells when exchanges have ended. */
    private static final class Ends extends LintelFilter implements NonWaiting {

        private final CountDownLatch ended;

        private Ends(CountDownLatch ended) {
            super(true);
            this.ended = ended;
        }

        @Override
        public Stage stage() {
            return Stage.ACCESS_LOG;
        }

        @Override
        protected void configure(OptionReader options) {
            // can be told nothing
        }

        @Override
        protected void filter(
                Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            exchange.onComplete(over -> ended.countDown());
            chain.doFilter(request, response);
        }
    }

    @Test
    void whatIsGrantedTooLateToAnyoneComesBack() throws Exception {
        SlowStore store = new SlowStore();
        CountDownLatch ended = new CountDownLatch(1);
        RateLimitFilter limits = RateLimitFilter.builder()
                .limit(ONE)
                .store(store)
                .storeDeadline(Duration.ofSeconds(2))
                .build();
        Gateway gateway = Gateway.builder()
                .route(Route.named("all")
                        .path("/**")
                        .filter(new Ends(ended))
                        .filter(limits)
                        .answer(200, "text/plain", "served"))
                .build();
        try (GatewayServer server =
                        GatewayServer.builder(gateway).port(0).http2ClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/"));
            assertThat(store.asked.await(30, TimeUnit.SECONDS)).isTrue();
            // noticed at once, or when the store is given up: it is given back in both cases
            client.send(Frame.rst(1, ErrorCode.CANCEL));
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            store.decision.complete(RateLimitDecision.allowed(List.of(new LimitState(ONE, 0, 0, false)), 0));
            await().atMost(LONG).until(() -> store.settled.get() > 0);
        }
        assertThat(store.settled).hasValue(1);
    }
}
