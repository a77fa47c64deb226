package dev.lintel.redis;

import java.util.concurrent.atomic.LongAdder;

/** What a store has done so far. Thread-safe. */
final class Counters {

    private final LongAdder answered = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unasked = new LongAdder();
    private final LongAdder leased = new LongAdder();
    private final LongAdder opened = new LongAdder();

    /** Redis answered in time. */
    void answered() {
        answered.increment();
    }

    long answeredSoFar() {
        return answered.sum();
    }

    /** Redis did not answer in time. */
    void late() {
        late.increment();
    }

    /** Redis answered by an error, or was lost. */
    void failed() {
        failed.increment();
    }

    /** Redis was not asked, since it was known that it does not answer, or too much was unanswered already. */
    void unasked() {
        unasked.increment();
    }

    /** A decision came out of what had been taken in advance. */
    void leased() {
        leased.increment();
    }

    /** Redis was found not to answer. */
    void opened() {
        opened.increment();
    }

    RedisCounts read(boolean available, int gateways) {
        return new RedisCounts(
                available,
                gateways,
                answered.sum(),
                late.sum(),
                failed.sum(),
                unasked.sum(),
                leased.sum(),
                opened.sum());
    }
}
