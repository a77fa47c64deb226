package dev.lintel.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts questions to Redis, so many at a time, each with a deadline. Thread-safe; never waits. */
final class Desk {

    private final Ladder ladder;
    private final Deadlines deadlines;
    private final Counters counters;
    private final long deadlineNanos;
    private final int maxPending;
    private final AtomicInteger pending = new AtomicInteger();

    Desk(Ladder ladder, ScheduledExecutorService timer, RedisOptions options, Counters counters) {
        this.ladder = ladder;
        this.deadlines = new Deadlines(timer);
        this.counters = counters;
        this.deadlineNanos = options.deadline().toNanos();
        this.maxPending = options.maxPending();
    }

    private final class Question implements Deadlines.Call {

        private final CompletableFuture<List<Long>> answer = new CompletableFuture<>();
        private final Link link;
        private final long sentAt = System.nanoTime();

        private Question(Link link) {
            this.link = link;
        }

        @Override
        public boolean isDone() {
            return answer.isDone();
        }

        @Override
        public long due() {
            return sentAt + deadlineNanos;
        }

        @Override
        public void expire() {
            if (answer.completeExceptionally(StoreSilent.late())) {
                counters.late();
                ladder.miss(link, sentAt);
            }
        }

        private void answered(List<Long> numbers) {
            pending.decrementAndGet();
            if (answer.complete(numbers)) {
                ladder.hit();
            }
        }

        private void failed(Throwable failure) {
            pending.decrementAndGet();
            ladder.failed(link, failure);
            if (answer.completeExceptionally(StoreSilent.failed())) {
                counters.failed();
            }
        }
    }

    /** Asks; the answer comes or fails within the deadline. */
    CompletableFuture<List<Long>> ask(Script script, String[] keys, String[] arguments) {
        Link link = ladder.usable();
        if (link == null || pending.get() >= maxPending) {
            counters.unasked();
            return CompletableFuture.failedFuture(link == null ? StoreSilent.unasked() : StoreSilent.busy());
        }
        pending.incrementAndGet();
        Question question = new Question(link);
        deadlines.watch(question);
        try {
            var unused = link.run(script, keys, arguments).whenComplete((numbers, failure) -> {
                if (failure == null) {
                    question.answered(numbers);
                } else {
                    question.failed(failure);
                }
            });
        } catch (RuntimeException notSent) {
            question.failed(notSent);
        }
        return question.answer;
    }

    /** Fails what is not answered. */
    void close() {
        deadlines.expireAll();
    }
}
