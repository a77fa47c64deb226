package dev.lintel.filters.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.HeaderField;
import dev.lintel.filters.cache.Freshness.Times;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds, changes while something is on its way, and conditions. */
class ResponseStoreTest {

    private static final long MAX_SIZE = 64 * 1024;

    private final CacheOptions options =
            new CacheOptions(MAX_SIZE, 16 * 1024, 50, 3, 2048, Set.of(), false, false, true);
    private final ResponseStore store = new ResponseStore(options);

    private final AtomicLong turns = new AtomicLong();

    private StoredResponse response(int size, String accept) {
        return response(size, accept, turns.incrementAndGet());
    }

    private static StoredResponse response(int size, String accept, long turn) {
        List<HeaderField> fields = List.of(new HeaderField("Cache-Control", "max-age=60"));
        CacheControl control = StorageRules.control(fields);
        return new StoredResponse(
                200,
                fields,
                new StoredBody(new byte[size]),
                Freshness.of(fields, control, false, new Times(0, 0, Instant.EPOCH)),
                control,
                Validators.of(fields, Instant.EPOCH),
                accept.isEmpty() ? Selection.ANY : new Selection(List.of(new HeaderField("accept", accept))),
                Way.of(null, ""),
                turn);
    }

    private boolean keep(String key, StoredResponse response) {
        return store.keep(key, response, store.mark(key), 0);
    }

    @Test
    void staysWithinItsSizeAndItsNumber() {
        for (int i = 0; i < 500; i++) {
            assertThat(keep("http://a/" + i, response(i % 10 * 1000, ""))).isTrue();
            assertThat(store.weight()).isLessThanOrEqualTo(MAX_SIZE);
            assertThat(store.size()).isLessThanOrEqualTo(50);
        }
        assertThat(store.evicted()).isPositive();
        store.clear();
        assertThat(store.weight()).isZero();
    }

    @Test
    void keepsTheNewestOfMoreVariantsThanItMay() {
        for (String accept : List.of("a", "b", "c", "d", "d")) {
            keep("k", response(10, accept));
        }
        assertThat(requireNonNull(store.find("k")).responses())
                .extracting(each -> each.selection().fields().get(0).value())
                .containsExactly("d", "c", "b");
    }

    @Test
    void whatWasAskedForLaterStaysWhateverComesAfterIt() {
        StoredResponse first = response(1, "a", 1);
        StoredResponse third = response(3, "a", 3);
        StoredResponse other = response(2, "b", 2);
        assertThat(keep("k", third)).isTrue();
        assertThat(keep("k", first)).isFalse();
        assertThat(keep("k", other)).isTrue();
        assertThat(requireNonNull(store.find("k")).responses()).containsExactly(third, other);
        store.drop("k", first, 3, 0);
        assertThat(requireNonNull(store.find("k")).responses()).containsExactly(third, other);
        store.drop("k", first, 4, 0);
        assertThat(requireNonNull(store.find("k")).responses()).containsExactly(other);
    }

    @Test
    void whatIsConfirmedDoesNotComeBackOnceItIsGone() {
        StoredResponse first = response(1, "", 1);
        keep("k", first);
        StoredResponse confirmed = response(1, "", 3).with(first.body());
        assertThat(store.confirm("k", confirmed, store.mark("k"), 0)).isTrue();
        keep("k", response(1, "", 4));
        assertThat(store.confirm("k", response(1, "", 5).with(first.body()), store.mark("k"), 0))
                .isFalse();
        assertThat(store.confirm("other", confirmed, store.mark("other"), 0)).isFalse();
    }

    @Test
    void variantsThatAreTooHeavyTogetherMakeRoomForTheNewest() {
        for (String accept : List.of("a", "b", "c")) {
            assertThat(keep("k", response(30_000, accept))).isTrue();
        }
        assertThat(store.weight()).isLessThanOrEqualTo(MAX_SIZE);
    }

    @Test
    void whatWasAskedForBeforeItBecameInvalidIsNotKept() {
        long before = store.mark("k");
        store.invalidate("k");
        assertThat(store.keep("k", response(1, ""), before, 0)).isFalse();
        before = store.mark("k");
        store.clear();
        assertThat(store.keep("k", response(1, ""), before, 0)).isFalse();
        assertThat(keep("k", response(1, ""))).isTrue();
    }

    /** A listener writes on one thread while another finds that the answer is not to be kept. */
    @Test
    void aCopyThatIsDroppedWhileItIsWrittenGivesAllBack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20_000; round++) {
                BodyCopy copy = new BodyCopy(store, 16 * 1024);
                CyclicBarrier together = new CyclicBarrier(2);
                int spins = round % 300;
                Future<?> writing = threads.submit(() -> {
                    together.await();
                    for (int i = 0; i < 12; i++) {
                        copy.write(new byte[1024], 0, 1024);
                    }
                    return null;
                });
                Future<?> dropping = threads.submit(() -> {
                    together.await();
                    for (int i = 0; i < spins; i++) {
                        Thread.onSpinWait();
                    }
                    copy.drop();
                    copy.drop();
                    return null;
                });
                writing.get(20, TimeUnit.SECONDS);
                dropping.get(20, TimeUnit.SECONDS);
                assertThat(store.copied()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void copiesTakeNoMoreThanIsForThemAndGiveItBack() {
        BodyCopy first = new BodyCopy(store, 16 * 1024);
        first.write(new byte[16 * 1024], 0, 16 * 1024);
        assertThat(first.whole()).hasSize(16 * 1024);
        BodyCopy second = new BodyCopy(store, 16 * 1024);
        second.write(new byte[10], 0, 10);
        assertThat(second.whole()).isNull();
        first.write(new byte[1], 0, 1);
        assertThat(first.whole()).isNull();
        assertThat(store.copied()).isZero();
    }

    @Test
    void aBodyIsCopiedAsItIsInPiecesOfAnySize() {
        for (int piece : new int[] {1, 7, 1023, 1024, 5000}) {
            BodyCopy copy = new BodyCopy(store, 16 * 1024);
            byte[] all = new byte[12_345];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) (i * 31);
            }
            for (int at = 0; at < all.length; at += piece) {
                copy.write(all, at, Math.min(piece, all.length - at));
            }
            assertThat(copy.whole()).isEqualTo(all);
            copy.drop();
        }
    }

    /** Written from many threads, it is within its bounds at the end, and what it counts is what it has. */
    @Test
    void manyThreadsDoNotConfuseIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4000; i++) {
            int number = i;
            threads.execute(() -> {
                String key = "k" + number % 70;
                switch (number % 5) {
                    case 0 -> store.invalidate(key);
                    case 1 -> store.find(key);
                    default -> keep(key, response(number % 3000, "a" + number % 4));
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(store.weight()).isLessThanOrEqualTo(MAX_SIZE);
        store.clear();
        assertThat(store.size()).isZero();
        assertThat(store.weight()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a\" | \"a\" | true",
                "W/\"a\" | \"a\" | true",
                "\"a\" | W/\"a\" | true",
                "\"a\" | \"b\", \"a\" | true",
                "\"a\" | , \"b\" ,, W/\"a\" | true",
                "\"a,b\" | \"a\", \"a,b\" | true",
                "\"a\" | * | true",
                "\"\" | \"\" | true",
                "\"a\" | \"A\" | false",
                "\"a\" | a | false",
                "\"a\" | w/\"a\" | false",
                "\"a\" | \"a | false",
                "\"a\" | \"a\"x | false",
                "\"a\" | \"a\" \"b | false",
                "\"a\" | *, \"a\" | false",
                "a | a | false",
                "a | * | true"
            })
    void aClientHasWhatItNamesWell(String tag, String condition, boolean has) {
        Validators validators = Validators.of(List.of(new HeaderField("ETag", tag)), Instant.EPOCH);
        assertThat(validators.fulfil(new Validators.Condition(List.of(condition), List.of()), Instant.EPOCH))
                .isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept, accept-language | [accept, accept-language]",
                ", Accept ,, | [accept]",
                "* | none",
                "Accept, * | none",
                "X-Forwarded-Proto | none",
                "X_Forwarded_For | none",
                "Via | none",
                "If-None-Match | none",
                "a b | none",
                "a,b,c,d,e,f,g,h,i | none"
            })
    void whatAnAnswerVariesByIsKnownOrItIsNotKept(String vary, String names) {
        List<String> read = Selection.names(List.of(vary), StorageRules.MOST_VARY);
        assertThat(read == null ? "none" : read.toString()).isEqualTo(names);
    }
}
