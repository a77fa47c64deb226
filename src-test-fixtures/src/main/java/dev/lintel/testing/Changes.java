package dev.lintel.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets a test wait, with a bound, until something that server threads change has come true. Thread-safe. */
final class Changes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Changes something and wakes whoever waits. */
    void make(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until {@code condition}, read under the lock, holds.
     *
     * @throws AssertionError with {@code state}, if it does not in time
     */
    void await(String what, Duration limit, BooleanSupplier condition, Supplier<String> state) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(what + ": not within " + limit + "; " + state.get());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + ": interrupted; " + state.get(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code condition} holds, or for ever; for threads that are ended by interruption. */
    void awaitEndlessly(BooleanSupplier condition) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                changed.await(1, TimeUnit.SECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
