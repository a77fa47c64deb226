package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Time;
import dev.lintel.testing.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {

    private final MutableClock clock = MutableClock.create();
    private final ScriptedTarget target = new ScriptedTarget();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final LogWriter writer = start(100);

    @AfterEach
    void stop() {
        gate.countDown();
        target.fail(null);
        writer.stop();
    }

    @Test
    void writesLinesInOrder() {
        offer(0, 90);
        await().until(() -> target.lines().size() == 90);
        assertThat(target.lines()).isEqualTo(lines(0, 90));
        assertThat(writer.dropped()).isZero();
    }

    @Test
    void writesALineAfterAnIdleTimeToo() {
        offer(0, 1);
        await().until(() -> target.lines().size() == 1);
        offer(1, 1);
        await().until(() -> target.lines().size() == 2);
    }

    @Test
    void writesLinesLongerThanAWholeBatch() {
        String longest = "x".repeat(100_000);
        writer.offer(new LineBuffer().ascii("before\n"));
        writer.offer(new LineBuffer().ascii(longest).ascii('\n'));
        writer.offer(new LineBuffer().ascii("after\n"));
        await().until(() -> target.lines().size() == 3);
        assertThat(target.lines()).containsExactly("before", longest, "after");
    }

    @Test
    void dropsAndCountsWhatDoesNotFitAndNeverWaits() {
        holdWriter();
        offer(1, 250);
        assertThat(writer.dropped()).isEqualTo(150);
        gate.countDown();
        await().until(() -> target.lines().size() == 101);
        assertThat(target.lines()).isEqualTo(lines(0, 101));
        await().until(() -> warnings.size() == 1);
        assertThat(warnings).containsExactly("access log test: 150 lines dropped, 150 in all");
    }

    @Test
    void boundsTheBytesThatWaitAsWell() {
        holdWriter();
        for (int i = 0; i < 20; i++) {
            writer.offer(new LineBuffer().ascii("x".repeat(1 << 20)).ascii('\n'));
        }
        assertThat(writer.dropped()).isEqualTo(5);
        gate.countDown();
        await().until(() -> target.lines().size() == 16);
        // and lets new ones in afterwards
        offer(1, 1);
        await().until(() -> target.lines().size() == 17);
    }

    @Test
    void keepsLinesWhileTheTargetFailsAndWritesThemLater() {
        target.fail(new IOException("No space left on device"));
        offer(0, 50);
        await().until(() -> target.attempts() >= 3);
        assertThat(warnings)
                .containsExactly(
                        "access log test: not written: java.io.IOException: No space left on device; 0 lines dropped so far");
        target.fail(null);
        await().until(() -> target.lines().size() == 50);
        assertThat(target.lines()).isEqualTo(lines(0, 50));
        assertThat(writer.dropped()).isZero();
    }

    @Test
    void countsWhatDoesNotFitWhileTheTargetFails() {
        target.fail(new IOException("No space left on device"));
        offer(0, 1);
        await().until(() -> target.attempts() >= 1);
        offer(1, 200);
        target.fail(null);
        await().until(() -> target.lines().size() == 101);
        assertThat(writer.dropped()).isEqualTo(100);
    }

    @Test
    void survivesABrokenLineAndGoesOnWithTheNext() {
        target.fail(new IllegalStateException("broken"));
        offer(0, 1);
        await().until(() -> writer.dropped() == 1);
        target.fail(new StackOverflowError());
        offer(1, 1);
        await().until(() -> writer.dropped() == 2);
        target.fail(null);
        offer(2, 1);
        await().until(() -> target.lines().size() == 1);
        assertThat(target.lines()).containsExactly("2");
    }

    @Test
    void warnsOnceAMinuteAtMost() {
        target.fail(new IllegalStateException("broken"));
        for (int i = 0; i < 3; i++) {
            long before = writer.dropped();
            offer(i, 1);
            await().until(() -> writer.dropped() > before);
        }
        assertThat(warnings).hasSize(1);
        clock.advance(Duration.ofSeconds(60));
        offer(3, 1);
        await().until(() -> warnings.size() == 2);
        // the third may have come so late that it is told of in the next minute
        assertThat(warnings.get(1)).containsAnyOf("4 lines dropped so far", "3 lines dropped so far", "3 in all");
        await().until(() -> writer.dropped() == 4);
        assertThat(warnings).hasSize(2);
    }

    @Test
    void writesWhatWaitsBeforeItEnds() {
        holdWriter();
        offer(1, 60);
        Thread stopping = new Thread(writer::stop);
        stopping.start();
        gate.countDown();
        await().until(() -> !stopping.isAlive());
        assertThat(target.lines()).hasSize(61);
        assertThat(target.closed()).isTrue();
    }

    @Test
    void countsWhatItCouldNotWriteBeforeItEnds() {
        target.fail(new IOException("No space left on device"));
        offer(0, 30);
        await().until(() -> target.attempts() >= 1);
        writer.stop();
        await().until(target::closed);
        assertThat(writer.dropped()).isEqualTo(30);
        assertThat(warnings).last().asString().contains("30 lines dropped, 30 in all");
    }

    @Test
    void countsLinesOfferedAfterItsEnd() {
        writer.stop();
        offer(0, 5);
        assertThat(writer.dropped()).isEqualTo(5);
        assertThat(target.lines()).isEmpty();
    }

    @Test
    void reopensTheTargetWhenAsked() {
        writer.reopen();
        await().until(() -> target.reopened() == 1);
    }

    @Test
    void losesNoLineOfManyThreads() throws InterruptedException {
        LogWriter roomy = start(100_000);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> offer(roomy, 0, 5_000));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        roomy.stop();
        assertThat(target.lines()).hasSize(20_000);
        assertThat(roomy.dropped()).isZero();
    }

    /** Lets the writer take one line and wait with it. */
    private void holdWriter() {
        target.holdUntil(gate);
        offer(0, 1);
        await().until(() -> target.attempts() == 1);
    }

    private LogWriter start(int queueSize) {
        Time time = new Time(clock, clock.monotonic());
        WriterTroubles troubles = new WriterTroubles("test", time, warnings::add);
        return LogWriter.start("test", target, queueSize, Duration.ofMillis(1), troubles);
    }

    private void offer(int from, int count) {
        offer(writer, from, count);
    }

    private static void offer(LogWriter to, int from, int count) {
        for (String line : lines(from, count)) {
            to.offer(new LineBuffer().ascii(line).ascii('\n'));
        }
    }

    private static List<String> lines(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(Integer::toString).toList();
    }
}
