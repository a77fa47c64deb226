package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Deadlines deadlines = new Deadlines(timer);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    /** One whose time is over. */
    private static class Late implements Deadlines.Call {

        final CompletableFuture<String> end = new CompletableFuture<>();
        private final long due = System.nanoTime();

        @Override
        public boolean isDone() {
            return end.isDone();
        }

        @Override
        public long due() {
            return due;
        }

        @Override
        public void expire() {
            end.complete("expired");
        }
    }

    /** As when a store closes. */
    @Test
    void endsACallThatIsWatchedAfterAllWereEndedWhileOneIsLookedAt() {
        Late next = new Late();
        deadlines.watch(new Late() {
            @Override
            public void expire() {
                if (!isDone()) {
                    super.expire();
                    deadlines.expireAll();
                    deadlines.watch(next);
                }
            }
        });
        assertThat(next.end).succeedsWithin(LONG).isEqualTo("expired");
    }
}
