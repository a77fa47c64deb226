package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EndingsTest {

    /** An exchange is over before the thread that served it lets go, and a process may end when it is over. */
    @Test
    void areAwaitedThoughTheyAreYetToBegin() throws InterruptedException {
        Endings endings = new Endings(null, Duration.ofMinutes(1));
        endings.expect();
        Thread waiting = new Thread(endings::await);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        AtomicBoolean awaited = new AtomicBoolean();
        endings.begin(() -> awaited.set(waiting.isAlive()));
        waiting.join();
        assertThat(awaited).isTrue();
    }

    @Test
    void thatNeverBeginAreNotAwaitedForLong() {
        Endings endings = new Endings(null, Duration.ofMillis(1));
        endings.expect();
        endings.await();
        endings.begun();
        endings.await();
    }
}
