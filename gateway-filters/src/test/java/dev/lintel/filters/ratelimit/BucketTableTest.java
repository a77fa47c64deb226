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
    private static final Moment START = new Moment(Long.MAX_VALUE - 1_000, 0);

    private final Random random = new Random(10);

    private static BucketTable table(int maxKeys) {
        return new BucketTable(new BucketArithmetic(TokenBucket.of("x", 5, Duration.ofSeconds(5))), maxKeys);
    }

    private KeyHash anyKey() {
        return new KeyHash(random.nextLong(), random.nextLong());
    }

    private static Moment after(Duration time) {
        return new Moment(START.now() + time.toNanos(), 0);
    }

    @Test
    void k10AMillionOtherKeysDoNotRefillAnEmptyBucket() {
        BucketTable table = table(10_000);
        assertThat(table.take(HOT, START, 5).granted()).isTrue();
        long granted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            // within 900 ms not one unit comes back
            Moment moment = after(Duration.ofNanos(900L * i));
            granted += table.take(anyKey(), moment, 1).granted() ? 1 : 0;
            if (i % 100 == 0) {
                assertThat(table.take(HOT, moment, 1).granted()).isFalse();
            }
        }
        assertThat(table.size()).isEqualTo(10_000);
        // those with a bucket of their own, and one bucket for all the others
        assertThat(granted).isEqualTo(9_999 + 5);
        assertThat(table.take(HOT, after(Duration.ofSeconds(1)), 1).granted()).isTrue();
        assertThat(table.take(HOT, after(Duration.ofSeconds(1)), 1).granted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000})
    void givesEveryKeyItsOwnBucketWhileThereIsRoom(int maxKeys) {
        BucketTable table = table(maxKeys);
        for (int i = 0; i < maxKeys; i++) {
            assertThat(table.take(anyKey(), START, 5)).isEqualTo(new BucketTable.Taken(true, false, emptyState()));
        }
        assertThat(table.size()).isEqualTo(maxKeys);
        assertThat(table.take(anyKey(), START, 3).shared()).isTrue();
        assertThat(table.take(anyKey(), START, 3).granted()).isFalse();
        assertThat(table.peek(anyKey(), START))
                .isEqualTo(START.now() + Duration.ofSeconds(3).toNanos());
    }

    private static long emptyState() {
        return after(Duration.ofSeconds(5)).now();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000})
    void makesRoomAsSoonAsOneBucketIsFullAgain(int maxKeys) {
        BucketTable table = table(maxKeys);
        table.take(anyKey(), START, 1);
        for (int i = 1; i < maxKeys; i++) {
            table.take(anyKey(), START, 5);
        }
        Moment almost = new Moment(after(Duration.ofSeconds(1)).now() - 1, 0);
        assertThat(table.take(anyKey(), almost, 1).shared()).isTrue();
        Moment then = after(Duration.ofSeconds(1));
        assertThat(table.take(anyKey(), then, 1).shared()).isFalse();
        assertThat(table.take(anyKey(), then, 1).shared()).isTrue();
        assertThat(table.size()).isEqualTo(maxKeys);
    }

    @Test
    void seesThatABucketIsFullAgainBecauseItsUnitsWerePutBack() {
        BucketTable table = table(1_000);
        for (int i = 0; i < 999; i++) {
            table.take(anyKey(), START, 5);
        }
        table.take(HOT, START, 1);
        assertThat(table.take(anyKey(), START, 1).shared()).isTrue();
        table.giveBack(HOT, START, 1, false);
        assertThat(table.take(anyKey(), START, 1).shared()).isFalse();
    }

    @Test
    void putsBackIntoTheBucketThatItWasTakenFrom() {
        BucketTable table = table(1);
        table.take(HOT, START, 1);
        KeyHash other = anyKey();
        assertThat(table.take(other, START, 2))
                .extracting(BucketTable.Taken::shared)
                .isEqualTo(true);
        // the key gets a bucket of its own in between
        Moment later = after(Duration.ofSeconds(1));
        assertThat(table.take(other, later, 5))
                .isEqualTo(new BucketTable.Taken(true, false, later.now() + 5_000_000_000L));
        table.giveBack(other, later, 2, true);
        assertThat(table.take(other, later, 1).granted()).isFalse();
        assertThat(table.take(anyKey(), later, 5).granted()).isTrue();
    }

    @Test
    void remembersNothingOfWhatCanNeverBeGranted() {
        BucketTable table = table(10);
        assertThat(table.take(anyKey(), START, 6).granted()).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void lookingHasNoEffect() {
        BucketTable table = table(10);
        assertThat(table.peek(HOT, START)).isEqualTo(START.now());
        assertThat(table.size()).isZero();
    }
}
