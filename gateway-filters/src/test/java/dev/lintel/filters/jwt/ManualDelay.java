package dev.lintel.filters.jwt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps what is planned until the test runs it. */
final class ManualDelay implements Delay {

    private record Task(Duration delay, Runnable action) {}

    private final Deque<Task> planned = new ArrayDeque<>();

    @Override
    public synchronized Planned after(Duration wait, Runnable action) {
        Task task = new Task(wait, action);
        planned.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        planned.remove(task);
    }

    /** How many tasks are planned. */
    synchronized int size() {
        return planned.size();
    }

    /** After what time the next one is planned. */
    synchronized Duration nextWait() {
        return planned.element().delay();
    }

    /** Runs the next one now. */
    void runNext() {
        Task task;
        synchronized (this) {
            task = planned.remove();
        }
        task.action().run();
    }
}
