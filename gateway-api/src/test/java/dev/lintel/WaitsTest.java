package dev.lintel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Waits waits = new Waits();
    private final Object owner = new Object();
    private final CompletableFuture<String> shared = new CompletableFuture<>();
    private @Nullable CompletableFuture<?> until;
    private int suspensions;
    private final Suspension suspension = future -> {
        until = future;
        suspensions++;
    };

    @AfterEach
    void leaveNoTimer() {
        shared.cancel(false);
    }

    @Test
    void isReadyAtOnceIfItIsThere() {
        assertThat(await(() -> CompletableFuture.completedFuture("a"), LONG, suspension))
                .isEqualTo(new Awaited.Ready<>("a"));
        assertThat(suspensions).isZero();
    }

    @Test
    void setsTheRequestAsideUntilItIsThere() {
        AtomicInteger begun = new AtomicInteger();
        Supplier<CompletionStage<String>> stage = () -> {
            begun.incrementAndGet();
            return shared;
        };
        assertThat(await(stage, LONG, suspension)).isEqualTo(new Awaited.Suspended<String>());
        assertThat(until()).isNotDone();

        shared.complete("a");
        assertThat(until()).isCompleted();
        assertThat(await(stage, LONG, suspension)).isEqualTo(new Awaited.Ready<>("a"));
        assertThat(begun).hasValue(1);
    }

    @Test
    void waitsOnIfTheRequestComesBackTooEarly() {
        await(() -> shared, LONG, suspension);
        assertThat(await(() -> shared, LONG, suspension)).isEqualTo(new Awaited.Suspended<String>());
        assertThat(suspensions).isEqualTo(2);
        shared.complete("a");
        assertThat(await(() -> shared, LONG, suspension)).isEqualTo(new Awaited.Ready<>("a"));
    }

    @Test
    void endsAtItsDeadlineAndLeavesWhatOthersWaitForAlone() {
        Awaited<String> outcome = await(() -> shared, SHORT, suspension);
        // on a machine that pauses here the deadline may be over before the request can be set aside
        if (outcome instanceof Awaited.Suspended) {
            assertThat(until()).failsWithin(10, TimeUnit.SECONDS);
            outcome = await(() -> shared, LONG, suspension);
        }
        assertThat(cause(outcome)).isInstanceOf(TimeoutException.class);
        assertThat(shared).isNotDone();
    }

    @Test
    void waitsOnTheThreadWhereTheRequestCannotBeSetAside() {
        assertThat(cause(await(() -> shared, SHORT, null))).isInstanceOf(TimeoutException.class);
        CompletableFuture<String> later = new CompletableFuture<>();
        later.completeOnTimeout("a", 5, TimeUnit.MILLISECONDS);
        assertThat(await(() -> later, LONG, null)).isEqualTo(new Awaited.Ready<>("a"));
    }

    @Test
    void failsWithTheCause() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThat(cause(await(() -> CompletableFuture.failedFuture(broken), LONG, suspension)))
                .isSameAs(broken);

        await(() -> shared, LONG, suspension);
        shared.completeExceptionally(broken);
        assertThat(cause(await(() -> shared, LONG, suspension))).isSameAs(broken);
    }

    @Test
    void failsWithTheCauseOnTheThreadToo() {
        IllegalStateException broken = new IllegalStateException("broken");
        CompletableFuture<String> later = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(() -> later.completeExceptionally(broken));
        assertThat(cause(await(() -> later, LONG, null))).isSameAs(broken);
    }

    @Test
    void failsIfItCannotEvenBegin() {
        IllegalStateException full = new IllegalStateException("queue full");
        Supplier<CompletionStage<String>> stage = () -> {
            throw full;
        };
        assertThat(cause(await(stage, LONG, suspension))).isSameAs(full);
    }

    @Test
    void failsIfItIsCancelled() {
        await(() -> shared, LONG, suspension);
        shared.cancel(false);
        assertThat(cause(await(() -> shared, LONG, suspension))).isInstanceOf(CancellationException.class);

        await(CompletableFuture::new, LONG, suspension);
        until().cancel(false);
        assertThat(cause(await(() -> shared, LONG, suspension))).isInstanceOf(CancellationException.class);
    }

    @Test
    void takesADeadlineBeyondAllCounting() {
        assertThat(await(() -> shared, Duration.ofSeconds(Long.MAX_VALUE), suspension))
                .isEqualTo(new Awaited.Suspended<String>());
    }

    @Test
    void keepsAnInterruptForWhoeverComesAfter() {
        Thread.currentThread().interrupt();
        assertThat(cause(await(() -> shared, LONG, null))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void keepsOwnersApart() {
        CompletableFuture<String> others = new CompletableFuture<>();
        Object other = new Object();
        waits.await(owner, () -> shared, LONG, suspension);
        waits.await(other, () -> others, LONG, suspension);
        others.complete("b");
        shared.complete("a");
        assertThat(waits.await(owner, () -> shared, LONG, suspension)).isEqualTo(new Awaited.Ready<>("a"));
        assertThat(waits.await(other, () -> others, LONG, suspension)).isEqualTo(new Awaited.Ready<>("b"));
    }

    @Test
    void endsARequestThatKeepsWaiting() {
        AtomicInteger begun = new AtomicInteger();
        Supplier<CompletionStage<String>> stage = () -> {
            begun.incrementAndGet();
            return CompletableFuture.completedFuture("a");
        };
        for (int i = 0; i < 8; i++) {
            assertThat(await(stage, LONG, suspension)).isInstanceOf(Awaited.Ready.class);
        }
        assertThat(cause(await(stage, LONG, suspension))).hasMessage("waits: 9 (expected: at most 8 in one request)");
        assertThat(begun).hasValue(8);
    }

    private Awaited<String> await(
            Supplier<? extends CompletionStage<String>> stage, Duration deadline, @Nullable Suspension how) {
        return waits.await(owner, stage, deadline, how);
    }

    private CompletableFuture<?> until() {
        return requireNonNull(until);
    }

    private static Throwable cause(Awaited<?> outcome) {
        assertThat(outcome).isInstanceOf(Awaited.Failed.class);
        return ((Awaited.Failed<?>) outcome).cause();
    }
}
