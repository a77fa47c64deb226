package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Time;
import dev.lintel.limit.CalendarPeriod;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row K13 of the hostile inputs: clocks that are set. */
class WindowClockTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T10:00:20Z"));
    private final Time time = new Time(clock, clock.monotonic());
    private final WindowClock minutes = new WindowClock(CalendarPeriod.every(MINUTE));

    private long now() {
        return minutes.number(Clocks.of(time));
    }

    private long secondsLeft() {
        return minutes.nanosLeft(Clocks.of(time)) / 1_000_000_000L;
    }

    @Test
    void followsTheCalendar() {
        assertThat(now()).isEqualTo(1);
        assertThat(secondsLeft()).isEqualTo(40);
        clock.advance(Duration.ofSeconds(39));
        assertThat(now()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(now()).isEqualTo(2);
        assertThat(secondsLeft()).isEqualTo(60);
        clock.advance(Duration.ofSeconds(179));
        assertThat(now()).isEqualTo(3);
        assertThat(secondsLeft()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(now()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT-30S", "PT-1H", "P-1D", "P-365D"})
    void k13AStepBackKeepsTheWindowAndKeepsNobodyOutForLonger(Duration step) {
        now();
        clock.setWallClock(clock.instant().plus(step));
        assertThat(now()).isEqualTo(1);
        assertThat(secondsLeft()).isLessThanOrEqualTo(40);
        clock.advance(Duration.ofSeconds(39));
        assertThat(now()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(now()).isEqualTo(2);
        assertThat(secondsLeft()).isBetween(30L, 90L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT41S", "PT1H", "P1D", "P365D"})
    void k13AStepForwardOpensOneWindowOnce(Duration step) {
        now();
        clock.setWallClock(clock.instant().plus(step));
        assertThat(now()).isEqualTo(2);
        assertThat(now()).isEqualTo(2);
        clock.setWallClock(clock.instant().minus(step));
        assertThat(now()).isEqualTo(2);
    }

    /** A wall clock that loses 30 ms a minute: each window would end by the monotonic clock just before its time. */
    @Test
    void aSlowWallClockGetsNoExtraWindows() {
        now();
        for (int second = 0; second < 3_600; second++) {
            clock.advance(Duration.ofSeconds(1));
            clock.setWallClock(clock.instant().minusNanos(500_000));
            now();
        }
        assertThat(now()).isBetween(60L, 61L);
    }

    @Test
    void aFastWallClockGetsNoExtraWindows() {
        now();
        for (int second = 0; second < 3_600; second++) {
            clock.advance(Duration.ofSeconds(1));
            clock.setWallClock(clock.instant().plusNanos(500_000));
            now();
        }
        assertThat(now()).isBetween(60L, 62L);
    }

    @Test
    void daysBeginAtMidnightUtc() {
        WindowClock days = new WindowClock(CalendarPeriod.every(Duration.ofDays(1)));
        assertThat(days.nanosLeft(Clocks.of(time)))
                .isEqualTo(Duration.between(clock.instant(), Instant.parse("2026-03-02T00:00:00Z"))
                        .toNanos());
    }

    @Test
    void countsTimeBefore1970TheSameWay() {
        clock.setWallClock(Instant.parse("1969-12-31T23:59:50Z"));
        assertThat(secondsLeft()).isEqualTo(10);
    }
}
