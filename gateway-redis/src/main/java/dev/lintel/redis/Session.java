package dev.lintel.redis;

import dev.lintel.limit.RateLimitStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A connection to Redis with all that keeps it. Thread-safe. */
final class Session {

    private static final long GOODBYE_MILLIS = 200;

    private final RedisOptions options;
    private final Counters counters = new Counters();
    private final ScheduledThreadPoolExecutor timer;
    private final Dialer dialer;
    private final Announcement announcement;
    private final Ladder ladder;
    private final Desk desk;

    Session(RedisOptions options) {
        this.options = options;
        this.timer = timer();
        this.dialer = new LettuceDialer(options);
        this.announcement = new Announcement(options.namespace());
        this.ladder = new Ladder(dialer, timer, announcement, options, counters);
        this.desk = new Desk(ladder, timer, options, counters);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lintel-redis");
            thread.setDaemon(true);
            // it must not hold the application in memory that came first
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    void start() {
        ladder.start();
    }

    /** See {@link RedisStore#awaitFirst}. */
    @Nullable
    Trouble awaitFirst(Duration most) {
        try {
            // what is wrong afterwards, such as that the connection is lost, may hide why it was refused
            Optional<Trouble> outcome = ladder.firstOutcome().get(most.toNanos(), TimeUnit.NANOSECONDS);
            if (outcome.isPresent() && outcome.get().refusesUs()) {
                return outcome.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException notYet) {
            // it goes on without
        }
        Trouble trouble = ladder.trouble();
        return !isUsable() && trouble.refusesUs() ? trouble : null;
    }

    Desk desk() {
        return desk;
    }

    Counters counters() {
        return counters;
    }

    ScheduledThreadPoolExecutor time() {
        return timer;
    }

    boolean isCluster() {
        return dialer.isCluster();
    }

    /** Whether it is usable, or why not. */
    Trouble trouble() {
        return ladder.trouble();
    }

    boolean isUsable() {
        return ladder.usable() != null;
    }

    int gateways() {
        return announcement.gateways();
    }

    RedisCounts counts() {
        return counters.read(isUsable(), gateways());
    }

    RateLimitStore.Status status() {
        boolean usable = isUsable();
        return new RateLimitStore.Status(
                usable,
                options.address() + ": "
                        + (usable ? "answers" : ladder.trouble().words()));
    }

    /** Says goodbye, waiting for the answer no longer than a fifth of a second, and ends everything. */
    void close() {
        Link link = ladder.usable();
        if (link != null) {
            CompletableFuture<?> left = announcement.leave(link);
            try {
                left.get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException silent) {
                // others notice when it does not come back
            }
        }
        ladder.close();
        timer.shutdown();
        desk.close();
        dialer.close();
    }

    @Override
    public String toString() {
        return options.toString();
    }
}
