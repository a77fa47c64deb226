package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit.TokenBucket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row K10 of the hostile inputs: more keys than there is room for. */
class BucketTableTest {

    private static final KeyHash HOT = new KeyHash(-1, -1);
    private static final Clocks START = new Clocks(Long.MAX_VALUE - 1_000, 0);

    private final Random random = new Random(10);

    private static BucketTable table(int maxKeys) {
        return new BucketTable(new BucketArithmetic(TokenBucket.of("x", 5, Duration.ofSeconds(5))), maxKeys);
    }

    /** What taking did: whether the units were there, and whether it was the bucket that keys without their own share. */
    private record Taken(boolean granted, boolean shared, long remaining) {}

    private static Taken take(BucketTable table, KeyHash key, Clocks clocks, long cost) {
        long standing = table.take(key, cost, clocks, null);
        return new Taken(Standing.isCharged(standing), Standing.isShared(standing), Standing.remaining(standing));
    }

    private static long remaining(BucketTable table, KeyHash key, Clocks clocks) {
        return Standing.remaining(table.look(key, 1, clocks, null));
    }

    private static void giveBack(BucketTable table, KeyHash key, Clocks clocks, long cost, boolean shared) {
        BucketArithmetic arithmetic = new BucketArithmetic(TokenBucket.of("x", 5, Duration.ofSeconds(5)));
        long taken = clocks.nanos();
        table.change(key, shared, clocks, (words, at, now) -> arithmetic.giveBack(words, at, now, taken, cost));
    }

    private KeyHash anyKey() {
        return new KeyHash(random.nextLong(), random.nextLong());
    }

    private static Clocks after(Duration time) {
        return new Clocks(START.nanos() + time.toNanos(), 0);
    }

    @Test
    void k10AMillionOtherKeysDoNotRefillAnEmptyBucket() {
        BucketTable table = table(10_000);
        assertThat(take(table, HOT, START, 5).granted()).isTrue();
        long granted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            // within 900 ms not one unit comes back
            Clocks moment = after(Duration.ofNanos(900L * i));
            granted += take(table, anyKey(), moment, 1).granted() ? 1 : 0;
            if (i % 100 == 0) {
                assertThat(take(table, HOT, moment, 1).granted()).isFalse();
            }
        }
        assertThat(table.size()).isEqualTo(10_000);
        // those with a bucket of their own, and one bucket for all the others
        assertThat(granted).isEqualTo(9_999 + 5);
        assertThat(take(table, HOT, after(Duration.ofSeconds(1)), 1).granted()).isTrue();
        assertThat(take(table, HOT, after(Duration.ofSeconds(1)), 1).granted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000})
    void givesEveryKeyItsOwnBucketWhileThereIsRoom(int maxKeys) {
        BucketTable table = table(maxKeys);
        for (int i = 0; i < maxKeys; i++) {
            assertThat(take(table, anyKey(), START, 5)).isEqualTo(new Taken(true, false, 0));
        }
        assertThat(table.size()).isEqualTo(maxKeys);
        assertThat(take(table, anyKey(), START, 3).shared()).isTrue();
        assertThat(take(table, anyKey(), START, 3).granted()).isFalse();
        assertThat(remaining(table, anyKey(), START)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000})
    void makesRoomAsSoonAsOneBucketIsFullAgain(int maxKeys) {
        BucketTable table = table(maxKeys);
        take(table, anyKey(), START, 1);
        for (int i = 1; i < maxKeys; i++) {
            take(table, anyKey(), START, 5);
        }
        Clocks almost = new Clocks(after(Duration.ofSeconds(1)).nanos() - 1, 0);
        assertThat(take(table, anyKey(), almost, 1).shared()).isTrue();
        Clocks then = after(Duration.ofSeconds(1));
        assertThat(take(table, anyKey(), then, 1).shared()).isFalse();
        assertThat(take(table, anyKey(), then, 1).shared()).isTrue();
        assertThat(table.size()).isEqualTo(maxKeys);
    }

    @Test
    void seesThatABucketIsFullAgainBecauseItsUnitsWerePutBack() {
        BucketTable table = table(1_000);
        for (int i = 0; i < 999; i++) {
            take(table, anyKey(), START, 5);
        }
        take(table, HOT, START, 1);
        assertThat(take(table, anyKey(), START, 1).shared()).isTrue();
        giveBack(table, HOT, START, 1, false);
        assertThat(take(table, anyKey(), START, 1).shared()).isFalse();
    }

    @Test
    void putsBackIntoTheBucketThatItWasTakenFrom() {
        BucketTable table = table(1);
        take(table, HOT, START, 1);
        KeyHash other = anyKey();
        assertThat(take(table, other, START, 2)).extracting(Taken::shared).isEqualTo(true);
        // the key gets a bucket of its own in between
        Clocks later = after(Duration.ofSeconds(1));
        assertThat(take(table, other, later, 5)).isEqualTo(new Taken(true, false, 0));
        giveBack(table, other, later, 2, true);
        assertThat(take(table, other, later, 1).granted()).isFalse();
        assertThat(take(table, anyKey(), later, 5).granted()).isTrue();
    }

    @Test
    void remembersNothingOfWhatCanNeverBeGranted() {
        BucketTable table = table(10);
        assertThat(take(table, anyKey(), START, 6).granted()).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void lookingHasNoEffect() {
        BucketTable table = table(10);
        assertThat(remaining(table, HOT, START)).isEqualTo(5);
        assertThat(table.size()).isZero();
    }
}
