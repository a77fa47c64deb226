package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MutableClockTest {

    @Test
    void bothTimesAdvanceTogether() {
        MutableClock clock = MutableClock.at(Instant.EPOCH);
        LongSupplier nanos = clock.monotonic();
        long before = nanos.getAsLong();

        clock.advance(Duration.ofMillis(1500));

        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(nanos.getAsLong() - before).isEqualTo(1_500_000_000L);
        assertThat(clock.nanos()).isEqualTo(nanos.getAsLong());
    }

    @Test
    void settingTheWallClockLeavesTheMonotonicTime() {
        MutableClock clock = MutableClock.create();
        long before = clock.nanos();

        clock.setWallClock(Instant.EPOCH);

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.nanos()).isEqualTo(before);
    }

    @Test
    void monotonicTimeBeginsBelowZeroAndNeverGoesBack() {
        MutableClock clock = MutableClock.create();

        assertThat(clock.nanos()).isNegative();
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
