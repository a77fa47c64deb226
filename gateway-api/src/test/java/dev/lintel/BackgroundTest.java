package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    @Test
    void runsOnDaemonsThatHoldNoApplication() throws Exception {
        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            Thread.currentThread().setContextClassLoader(application);
            CompletableFuture<Thread> ran = new CompletableFuture<>();
            Future<?> unused = Background.after(Duration.ZERO, () -> ran.complete(Thread.currentThread()));
            Thread worker = ran.get(10, TimeUnit.SECONDS);
            assertThat(worker.isDaemon()).isTrue();
            assertThat(worker.getContextClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());
            ClassLoader seen = Background.detached(() -> Thread.currentThread().getContextClassLoader());
            assertThat(seen).isSameAs(ClassLoader.getPlatformClassLoader());
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(application);
        } finally {
            Thread.currentThread().setContextClassLoader(BackgroundTest.class.getClassLoader());
        }
    }

    @Test
    void endsItsThreadsWhenThereIsNothingToDo() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        Future<?> unused = Background.after(Duration.ofMillis(1), ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.startsWith("lintel-timer") || name.startsWith("lintel-worker")));
    }

    @Test
    void doesNotRunWhatWasCancelled() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Future<?> planned = Background.after(Duration.ofMillis(50), runs::incrementAndGet);
        assumeTrue(planned.cancel(false), "not cancelled before it was due");
        CountDownLatch later = new CountDownLatch(1);
        Future<?> unused = Background.after(Duration.ofMillis(100), later::countDown);
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void boundsACopyAndLeavesTheOriginalAlone() {
        CompletableFuture<String> original = new CompletableFuture<>();
        CompletableFuture<String> bounded = Background.within(Duration.ofMillis(1), original);
        assertThatThrownBy(() -> bounded.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(original).isNotDone();
        CompletableFuture<String> patient = Background.within(Duration.ofSeconds(Long.MAX_VALUE), original);
        original.complete("a");
        assertThat(patient).isCompletedWithValue("a");
    }
}
