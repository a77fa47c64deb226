package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of group K of the hostile inputs: what becomes of decisions when Redis is gone, and when it is there again. */
class RedisFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final TokenBucket LIMIT = TokenBucket.of("many", 1_000_000, Duration.ofHours(1));

    static Stream<Arguments> faults() {
        return Fault.all().map(fault -> Arguments.of(fault.name(), fault));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void goesOnWithoutRedisAndBackToIt(String name, Fault fault) {
        try (CapturedLog log = CapturedLog.start();
                RedisServer server = RedisServer.start();
                FaultProxy wire = FaultProxy.to(server);
                RedisStore store = store(wire.port())) {
            Fault.Setup setup = new Fault.Setup(server, wire);
            await().atMost(LONG).until(() -> Asking.decide(store, LIMIT) != null);

            fault.begin().accept(setup);
            // asked again and again, as requests would; each question is answered within its deadline, or fails
            await().atMost(LONG)
                    .until(() -> Asking.decide(store, LIMIT) == null
                            && !store.status().available());
            CompletableFuture<RateLimitDecision> asked = Asking.ask(store, LIMIT);
            assertThat(asked).as("an answer without waiting").isDone();
            // it is told once, and may be followed by that there is no connection
            await().atMost(LONG)
                    .until(() -> store.status().detail().contains(fault.words()) || isTold(log, fault.words()));
            await().during(Duration.ofMillis(400))
                    .atMost(LONG)
                    .until(() -> !store.status().available());
            assertThat(store.counts().outages()).isPositive();
            assertThat(store.counts().unasked()).isPositive();

            fault.end().accept(setup);
            await().atMost(LONG).until(() -> Asking.decide(store, LIMIT) != null);
            assertThat(store.status().detail()).endsWith("answers");
            List<String> told = told(log);
            assertThat(told).filteredOn(line -> line.contains("INFO")).isNotEmpty();
            assertThat(told).as("lines, not one for each request").hasSizeLessThan(10);
        }
    }

    private static List<String> told(CapturedLog log) {
        return log.lines().stream().filter(line -> line.contains("RedisStore")).toList();
    }

    private static boolean isTold(CapturedLog log, String words) {
        return told(log).stream().anyMatch(line -> line.contains(words));
    }

    @Test
    void k16StartsWithoutRedisAndUsesItWhenItComes() {
        try (RedisServer server = RedisServer.start()) {
            server.kill();
            try (RedisStore store = store(server.port())) {
                assertThat(store.status().available()).isFalse();
                assertThat(Asking.ask(store, LIMIT)).isCompletedExceptionally();
                server.restart();
                await().atMost(LONG).until(() -> Asking.decide(store, LIMIT) != null);
            }
        }
    }

    @Test
    void k22LoadsItsScriptsAgainWhenRedisHasForgottenThem() {
        try (RedisServer server = RedisServer.start();
                RedisStore store = Patient.store(server).build()) {
            for (String[] command : List.of(new String[] {"SCRIPT", "FLUSH"}, new String[] {"FLUSHALL"})) {
                assertThat(Asking.decide(store, LIMIT)).isNotNull();
                server.call(command);
                assertThat(Asking.decide(store, LIMIT)).isNotNull();
            }
            assertThat(store.counts().failed()).isZero();
            assertThat(store.counts().outages()).isZero();
        }
    }

    @Test
    void asksNoMoreThanItMayAtATime() {
        try (RedisServer server = RedisServer.start();
                RedisStore store = Patient.store(server).maxPending(3).build()) {
            server.pause();
            List<CompletableFuture<RateLimitDecision>> asked =
                    Stream.generate(() -> Asking.ask(store, LIMIT)).limit(10).toList();
            assertThat(asked)
                    .filteredOn(CompletableFuture::isCompletedExceptionally)
                    .hasSizeGreaterThanOrEqualTo(7);
            server.resume();
            assertThat(asked.stream().filter(one -> Asking.decided(one) != null))
                    .hasSizeLessThanOrEqualTo(3);
            await().atMost(LONG).until(() -> Asking.decide(store, LIMIT) != null);
        }
    }

    /** So much that no socket takes it. */
    @Test
    void asksForPermitsWithoutWaitingForAServerThatReadsNothing() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisStore store = Patient.store(server).maxPending(1_000_000).build()) {
            RateLimit permits = RateLimit.Concurrency.of("permits", 3);
            server.pause();
            try {
                List<CompletableFuture<Void>> askers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 15_000; i++) {
                                var unused = Asking.ask(store, permits);
                            }
                        }))
                        .limit(3)
                        .toList();
                for (CompletableFuture<Void> asker : askers) {
                    asker.get(60, TimeUnit.SECONDS);
                }
            } finally {
                server.resume();
            }
        }
    }

    private static RedisStore store(int port) {
        return RedisStore.builder()
                .uri("redis://127.0.0.1:" + port)
                .deadline(Duration.ofMillis(500))
                .build();
    }
}
