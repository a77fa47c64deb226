package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompletionTest {

    /** No action here looks at it. */
    @SuppressWarnings("NullAway")
    private static final Exchange EXCHANGE = null;

    private final Completion completion = new Completion();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTheLastRegisteredFirst() {
        completion.register(EXCHANGE, exchange -> ran.add("log"));
        completion.register(EXCHANGE, exchange -> ran.add("limit"));
        completion.register(EXCHANGE, exchange -> ran.add("permit"));
        assertThat(completion.isDone()).isFalse();
        completion.run(EXCHANGE);
        assertThat(completion.isDone()).isTrue();
        assertThat(ran).containsExactly("permit", "limit", "log");
    }

    @Test
    void runsOnce() {
        completion.register(EXCHANGE, exchange -> ran.add("a"));
        completion.run(EXCHANGE);
        completion.run(EXCHANGE);
        assertThat(ran).containsExactly("a");
    }

    @Test
    void runsAtOnceWhatComesTooLate() {
        completion.run(EXCHANGE);
        completion.register(EXCHANGE, exchange -> ran.add("late"));
        assertThat(ran).containsExactly("late");
    }

    @Test
    void runsWhatAnActionRegistersAndEndsOnceEvenIfAnActionEndsIt() {
        completion.register(EXCHANGE, exchange -> ran.add("first"));
        completion.register(EXCHANGE, exchange -> {
            completion.register(exchange, inner -> ran.add("inner"));
            completion.run(exchange);
        });
        completion.run(EXCHANGE);
        assertThat(ran).containsExactly("inner", "first");
    }

    @Test
    void runsTheOthersWhateverOneThrows() {
        completion.register(EXCHANGE, exchange -> ran.add("a"));
        completion.register(EXCHANGE, exchange -> {
            throw new IllegalStateException("broken");
        });
        completion.register(EXCHANGE, exchange -> {
            throw new StackOverflowError("broken");
        });
        completion.register(EXCHANGE, exchange -> {
            throw new NoClassDefFoundError("broken");
        });
        completion.register(EXCHANGE, exchange -> ran.add("b"));
        completion.run(EXCHANGE);
        assertThat(ran).containsExactly("b", "a");
    }

    @Test
    void runsEachActionOnceWhoeverComesFirst() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 2_000; round++) {
                Completion raced = new Completion();
                AtomicInteger count = new AtomicInteger();
                raced.register(EXCHANGE, exchange -> count.incrementAndGet());
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> racers = List.of(
                        executor.submit(() -> race(start, () -> raced.run(EXCHANGE))),
                        executor.submit(() -> race(start, () -> raced.run(EXCHANGE))),
                        executor.submit(() ->
                                race(start, () -> raced.register(EXCHANGE, exchange -> count.incrementAndGet()))));
                start.countDown();
                for (Future<?> racer : racers) {
                    racer.get(10, TimeUnit.SECONDS);
                }
                assertThat(count).hasValue(2);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static boolean race(CountDownLatch start, Runnable action) throws InterruptedException {
        boolean started = start.await(10, TimeUnit.SECONDS);
        action.run();
        return started;
    }
}
