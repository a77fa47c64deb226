package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.upstream.BodyRate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyPaceTest {

    private static final long SECOND = 1_000_000_000;

    private final BodyPace pace = new BodyPace(new BodyRate(100, Duration.ofSeconds(10)));
    private long now = Long.MAX_VALUE - 5 * SECOND;

    private void waitFor(long seconds) {
        pace.await(now);
        now += seconds * SECOND;
    }

    @Test
    void allowsForTheGraceWithoutAByte() {
        waitFor(10);
        assertThat(pace.isTooSlow(now)).isFalse();
        assertThat(pace.isTooSlow(now + 1)).isTrue();
    }

    @Test
    void endsATrickleSoonAfterTheGrace() {
        int seconds = 0;
        while (!pace.isTooSlow(now) && seconds < 100) {
            if (seconds > 0) {
                pace.arrived(now, 1);
            }
            waitFor(1);
            seconds++;
        }
        assertThat(seconds).isEqualTo(11);
    }

    @Test
    void letsABodyAtTheLeastRateGoOnForever() {
        for (int second = 0; second < 10_000; second++) {
            waitFor(1);
            assertThat(pace.isTooSlow(now)).isFalse();
            pace.arrived(now, 100);
        }
    }

    @Test
    void earnsNoMoreThanTheGrace() {
        waitFor(1);
        pace.arrived(now, Long.MAX_VALUE);
        waitFor(10);
        assertThat(pace.isTooSlow(now)).isFalse();
        assertThat(pace.isTooSlow(now + 1)).isTrue();
    }

    @Test
    void doesNotCountTheTimeInWhichNobodyWaits() {
        waitFor(9);
        pace.arrived(now, 1);
        now += 1000 * SECOND;
        assertThat(pace.isTooSlow(now)).isFalse();
        pace.arrived(now, 1);
        waitFor(1);
        assertThat(pace.isTooSlow(now)).isFalse();
    }

    @Test
    void isNoLimitWithoutARate() {
        BodyPace free = new BodyPace(new BodyRate(0, Duration.ofSeconds(10)));
        free.await(0);
        assertThat(free.isTooSlow(1000 * SECOND)).isFalse();
        free.arrived(1000 * SECOND, 1);
        assertThat(free.isTooSlow(2000 * SECOND)).isFalse();
    }
}
