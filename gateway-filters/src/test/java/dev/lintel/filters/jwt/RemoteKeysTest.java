package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When keys are fetched, kept and given up; time and the issuer are values here. */
class RemoteKeysTest {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.create();
    private final ManualDelay delay = new ManualDelay();
    private final List<CompletableFuture<JwkReader.Keys>> fetches = new ArrayList<>();
    private final RemoteKeys keys =
            new RemoteKeys("test", this::fetch, REFRESH, MAX_AGE, LONG, clock.monotonic(), delay);

    private synchronized CompletableFuture<JwkReader.Keys> fetch() {
        CompletableFuture<JwkReader.Keys> fetch = new CompletableFuture<>();
        fetches.add(fetch);
        return fetch;
    }

    private synchronized int fetchCount() {
        return fetches.size();
    }

    private void answer(String... ids) {
        StringBuilder set = new StringBuilder("{\"keys\":[");
        for (String id : ids) {
            set.append(set.charAt(set.length() - 1) == '[' ? "" : ",").append(TokenForge.jwk(TokenForge.RSA, id));
        }
        try {
            fetches.get(fetches.size() - 1)
                    .complete(new JwkReader(EnumSet.of(JwtAlgorithm.RS256))
                            .read(set.append("]}").toString().getBytes(StandardCharsets.UTF_8)));
        } catch (UnusableKey e) {
            throw new IllegalStateException(e);
        }
    }

    private void fail() {
        fetches.get(fetches.size() - 1).completeExceptionally(new IOException("connection refused"));
    }

    /** As a request asks that was decided by the keys of now. */
    private static @Nullable CompletableFuture<Boolean> renewal(RemoteKeys keys) {
        return keys.renewal(keys.keys());
    }

    private KeySet current() {
        return Objects.requireNonNull(keys.keys());
    }

    @Test
    void startsWithoutKeysAndWithoutWaiting() {
        keys.start();
        assertThat(keys.keys()).isNull();
        answer("a");
        assertThat(current().names("a")).isTrue();
        assertThat(delay.nextWait()).isEqualTo(REFRESH);
    }

    @Test
    void refreshesInTheBackgroundAndUsesTheOldKeysMeanwhile() {
        keys.start();
        answer("a");
        clock.advance(REFRESH);
        delay.runNext();
        assertThat(fetchCount()).isEqualTo(2);
        assertThat(current().names("a")).isTrue();
        answer("b");
        assertThat(current().names("b")).isTrue();
        assertThat(current().names("a")).isFalse();
        assertThat(delay.size()).isEqualTo(1);
    }

    @Test
    void keepsTheVeryKeysThatDidNotChange() {
        keys.start();
        answer("a", "b");
        KeySet before = current();
        VerificationKey a = before.candidates(JwtAlgorithm.RS256, "a").get(0);
        delay.runNext();
        answer("a", "b");
        assertThat(current()).isSameAs(before);
        delay.runNext();
        answer("c", "a");
        assertThat(current().candidates(JwtAlgorithm.RS256, "a").get(0)).isSameAs(a);
        assertThat(current().holds(a)).isTrue();
        assertThat(current().names("b")).isFalse();
    }

    @Test
    void usesOldKeysThroughAnOutageForAsLongAsItMay() {
        keys.start();
        answer("a");
        clock.advance(REFRESH);
        delay.runNext();
        fail();
        assertThat(delay.nextWait()).isEqualTo(RemoteKeys.RETRY_INTERVAL);
        clock.advance(MAX_AGE.minus(REFRESH));
        assertThat(keys.keys()).isNotNull();
        clock.advance(Duration.ofNanos(1));
        assertThat(keys.keys()).isNull();
        delay.runNext();
        answer("a");
        assertThat(keys.keys()).isNotNull();
    }

    @Test
    void aRefreshedSetIsAsYoungAsANewOne() {
        keys.start();
        answer("a");
        clock.advance(MAX_AGE);
        delay.runNext();
        answer("a");
        clock.advance(MAX_AGE);
        assertThat(keys.keys()).isNotNull();
    }

    @Test
    void keepsTheOldKeysWhenAnAnswerHoldsNone() {
        keys.start();
        answer("a");
        delay.runNext();
        answer();
        assertThat(current().names("a")).isTrue();
        assertThat(delay.nextWait()).isEqualTo(RemoteKeys.RETRY_INTERVAL);
    }

    @Test
    void triesAgainAfterAFailedStart() {
        keys.start();
        fail();
        assertThat(keys.keys()).isNull();
        delay.runNext();
        answer("a");
        assertThat(keys.keys()).isNotNull();
    }

    @Test
    void survivesAFetchThatThrows() {
        RemoteKeys broken = new RemoteKeys(
                "test",
                () -> {
                    throw new IllegalStateException("broken");
                },
                REFRESH,
                MAX_AGE,
                LONG,
                clock.monotonic(),
                delay);
        broken.start();
        assertThat(broken.keys()).isNull();
        assertThat(delay.size()).isEqualTo(1);
    }

    @Test
    void unknownKeysFetchOnceInThirtySeconds() {
        keys.start();
        answer("a");
        assertThat(renewal(keys)).isNotNull();
        assertThat(fetchCount()).isEqualTo(2);
        answer("a");
        for (int second = 1; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 1000; i++) {
                assertThat(renewal(keys)).isNull();
            }
        }
        assertThat(fetchCount()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(renewal(keys)).isNotNull();
        assertThat(fetchCount()).isEqualTo(3);
    }

    @Test
    void countsAFailedFetchForUnknownKeysToo() {
        keys.start();
        answer("a");
        assertThat(renewal(keys)).isNotNull();
        fail();
        clock.advance(Duration.ofSeconds(29));
        assertThat(renewal(keys)).isNull();
    }

    @Test
    void letsManyThreadsShareOneFetch() throws Exception {
        keys.start();
        answer("a");
        int threads = 64;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch together = new CountDownLatch(threads);
            Queue<CompletableFuture<Boolean>> waits = new ConcurrentLinkedQueue<>();
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                asked.add(pool.submit(() -> {
                    together.countDown();
                    together.await();
                    return waits.add(Objects.requireNonNull(renewal(keys)));
                }));
            }
            for (Future<?> one : asked) {
                one.get();
            }
            assertThat(waits).hasSize(threads);
            assertThat(fetchCount()).isEqualTo(2);
            answer("a", "b");
            assertThat(waits).allMatch(CompletableFuture::join);
            assertThat(current().names("b")).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void joinsTheFetchThatIsUnderWay() {
        keys.start();
        CompletableFuture<Boolean> wait = Objects.requireNonNull(renewal(keys));
        assertThat(fetchCount()).isEqualTo(1);
        assertThat(wait).isNotDone();
        answer("a");
        assertThat(wait).isCompletedWithValue(true);
    }

    @Test
    void showsNewKeysToWhomeverItWakes() {
        keys.start();
        answer("a");
        List<Boolean> seen = new ArrayList<>();
        CompletableFuture<Boolean> wait = Objects.requireNonNull(renewal(keys));
        CompletableFuture<Void> woken = wait.thenAccept(ended -> {
            seen.add(current().names("b"));
            // What a request does when it goes on and still does not know its key.
            assertThat(renewal(keys)).isNull();
        });
        answer("b");
        assertThat(woken).isCompleted();
        assertThat(seen).containsExactly(true);
    }

    @Test
    void letsWhoSeesItsKeysAskForNewerOnes() {
        keys.addListener(seen -> assertThat(renewal(keys)).isNotNull());
        keys.start();
        answer("a");
        // not the fetch that brought the keys, which has nothing newer
        assertThat(fetchCount()).isEqualTo(2);
    }

    @Test
    void fetchesNothingForWhoHasNotSeenTheKeysOfNow() {
        keys.start();
        answer("a");
        assertThat(keys.renewal(null)).isNull();
        KeySet seen = current();
        delay.runNext();
        answer("a", "b");
        assertThat(keys.renewal(seen)).isNull();
        assertThat(fetchCount()).isEqualTo(2);
        // nor do they wait for what others wait for
        assertThat(renewal(keys)).isNotNull();
        assertThat(keys.renewal(seen)).isNull();
        assertThat(fetchCount()).isEqualTo(3);
    }

    @Test
    void fetchesAgainAfterAnErrorOfTheFetch() {
        AtomicInteger begun = new AtomicInteger();
        RemoteKeys failing = new RemoteKeys(
                "test",
                () -> {
                    begun.incrementAndGet();
                    throw new OutOfMemoryError("no thread");
                },
                REFRESH,
                MAX_AGE,
                LONG,
                clock.monotonic(),
                delay);
        failing.start();
        delay.runNext();
        assertThat(begun).hasValue(2);
    }

    @Test
    void boundsHowManyWait() {
        keys.start();
        List<CompletableFuture<Boolean>> waits = new ArrayList<>();
        for (int i = 0; i < RemoteKeys.MAX_WAITING; i++) {
            waits.add(Objects.requireNonNull(renewal(keys)));
        }
        assertThat(renewal(keys)).isNull();
        answer("a");
        assertThat(waits).allMatch(CompletableFuture::isDone);
        clock.advance(RemoteKeys.UNKNOWN_KEY_INTERVAL);
        assertThat(renewal(keys)).isNotNull();
    }

    @Test
    void plansNothingAfterItsEnd() {
        keys.start();
        answer("a");
        keys.close();
        assertThat(delay.size()).isZero();
        assertThat(renewal(keys)).isNull();
        assertThat(fetchCount()).isEqualTo(1);
    }

    @Test
    void plansNothingWhenItEndsDuringAFetch() {
        keys.start();
        keys.close();
        answer("a");
        assertThat(delay.size()).isZero();
    }

    @Test
    void tellsListenersOfChangesAlone() {
        List<KeySet> told = new ArrayList<>();
        keys.addListener(told::add);
        keys.start();
        answer("a");
        delay.runNext();
        answer("a");
        delay.runNext();
        answer("b");
        assertThat(told).hasSize(2);
    }
}
