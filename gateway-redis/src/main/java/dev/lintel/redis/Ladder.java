package dev.lintel.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether Redis can be asked. It can from the moment at which a first question, which writes, was answered in time by every
 * main server, until answers stay away, an answer is an error, or the connection is lost; then questions are asked by the timer's
 * thread alone until one is answered in time again. Thread-safe.
 */
final class Ladder {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private static final long MILLI = 1_000_000;
    private static final long TICK = 50 * MILLI;
    private static final long BEAT = 1_000 * MILLI;
    private static final long PATIENCE = 200 * MILLI;
    private static final long BETWEEN_PROBES = 100 * MILLI;
    private static final long GIVE_UP_LINK = 1_000 * MILLI;
    private static final long MOST_BACKOFF = 500 * MILLI;
    private static final int MANY = 20;
    private static final int TRIES_AT_FIRST = 3;
    private static final long CALM = 10_000 * MILLI;

    private final Dialer dialer;
    private final ScheduledExecutorService timer;
    private final Announcement announcement;
    private final long deadlineNanos;
    private final long dialNanos;
    private final String shown;
    private final Counters counters;

    private final CompletableFuture<Optional<Trouble>> first = new CompletableFuture<>();
    private volatile @Nullable Link usable;
    private volatile Trouble trouble = Trouble.NOT_YET;
    private volatile long missingSince;
    private volatile boolean closed;

    // by the timer's thread alone
    private @Nullable Link link;
    private @Nullable CompletableFuture<Link> dialling;
    private long dialledAt;
    private long nextDial;
    private long backoff = TICK;
    private @Nullable CompletableFuture<Void> probe;
    private long probedAt;
    private long nextProbe;
    private long lastBeat;

    // under the lock
    private long openedAt;
    private long pause = TICK;
    private @Nullable Trouble told;
    private long toldAt;
    private long answeredBefore;
    private int misses;
    private int absences;
    private long countedSince;

    Ladder(
            Dialer dialer,
            ScheduledExecutorService timer,
            Announcement announcement,
            RedisOptions options,
            Counters counters) {
        this.dialer = dialer;
        this.timer = timer;
        this.announcement = announcement;
        this.deadlineNanos = options.deadline().toNanos();
        this.dialNanos = 2 * options.connectTimeout().toNanos();
        this.shown = options.address().toString();
        this.counters = counters;
        this.openedAt = System.nanoTime() - CALM;
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::tick, 0, TICK, TimeUnit.NANOSECONDS);
    }

    /** Done when it is known for the first time whether Redis can be asked: with why not, empty if it can. */
    CompletableFuture<Optional<Trouble>> firstOutcome() {
        return first;
    }

    /** The connection to ask by, or null if nobody is to ask now. */
    @Nullable
    Link usable() {
        return usable;
    }

    /** Why nobody is to ask now. */
    Trouble trouble() {
        return trouble;
    }

    /** An answer came in time. */
    void hit() {
        if (missingSince != 0) {
            missingSince = 0;
        }
        counters.answered();
    }

    /** An answer did not come in time. */
    void miss(Link asked, long sentAt) {
        if (asked != usable) {
            return;
        }
        long now = System.nanoTime();
        if (missingSince == 0) {
            missingSince = sentAt == 0 ? 1 : sentAt;
            timer.execute(() -> beat(asked));
            var unused = timer.schedule(() -> giveUp(asked), PATIENCE, TimeUnit.NANOSECONDS);
        } else {
            giveUp(asked);
        }
        if (isOneOfMany(now)) {
            open(asked, Trouble.SILENT, now);
        }
    }

    private void giveUp(Link asked) {
        long since = missingSince;
        long now = System.nanoTime();
        if (since != 0 && now - since >= PATIENCE) {
            open(asked, Trouble.SILENT, now);
        }
    }

    /** Whether of many questions in the last second most were not answered in time. */
    private synchronized boolean isOneOfMany(long now) {
        long answered = counters.answeredSoFar();
        if (now - countedSince > BEAT) {
            countedSince = now;
            answeredBefore = answered;
            misses = 0;
        }
        misses++;
        return misses > MANY && misses > answered - answeredBefore;
    }

    /** A question was answered by an error, or could not be asked. */
    void failed(Link asked, Throwable failure) {
        Trouble why = Trouble.of(failure);
        if (!why.isPassing()) {
            open(asked, why, System.nanoTime());
        }
    }

    private synchronized void open(Link asked, Trouble why, long now) {
        if (asked != usable) {
            return;
        }
        usable = null;
        missingSince = 0;
        misses = 0;
        trouble = why;
        counters.opened();
        // whoever stumbles again and again is asked less often
        pause = now - openedAt < CALM ? Math.min(2 * pause, BEAT) : TICK;
        openedAt = now;
        tell(why, now);
    }

    private synchronized void stays(Trouble why) {
        trouble = why;
        tell(why, System.nanoTime());
        // a refusal looks like nobody there when the connection ends before its words are read
        if (why.refusesUs() || why.equals(Trouble.ABSENT) && ++absences >= TRIES_AT_FIRST) {
            first.complete(Optional.of(why));
        }
    }

    private void tell(Trouble why, long now) {
        if (told == null || !told.equals(why) && now - toldAt > CALM) {
            told = why;
            toldAt = now;
            LOG.warn("{}: {} (expected: answers; until then limits are counted without it)", shown, why.words());
        }
    }

    private synchronized void close(Link answering) {
        if (closed || System.nanoTime() - openedAt < pause) {
            return;
        }
        if (told != null) {
            LOG.info("{}: answers again", shown);
            told = null;
        }
        missingSince = 0;
        usable = answering;
        first.complete(Optional.empty());
    }

    private void tick() {
        try {
            Link current = usable;
            if (closed) {
                return;
            }
            if (current == null) {
                climb();
            } else if (System.nanoTime() - lastBeat > BEAT) {
                beat(current);
            }
        } catch (RuntimeException unforeseen) {
            LOG.warn("{}: {}", shown, Trouble.of(unforeseen).words(), unforeseen);
        }
    }

    /** Says that this gateway is there, as a question like others; in a cluster every main server has to answer. */
    private void beat(Link current) {
        long sentAt = System.nanoTime();
        lastBeat = sentAt;
        CompletableFuture<Void> answer = dialer.isCluster() ? askEverywhere(current) : announcement.send(current);
        var late = timer.schedule(
                () -> {
                    if (!answer.isDone()) {
                        miss(current, sentAt);
                    }
                },
                deadlineNanos,
                TimeUnit.NANOSECONDS);
        // answers of the other servers of a cluster say nothing of one that is silent
        var silent = timer.schedule(
                () -> {
                    if (!answer.isDone()) {
                        open(current, Trouble.SILENT, System.nanoTime());
                    }
                },
                deadlineNanos + PATIENCE,
                TimeUnit.NANOSECONDS);
        var unused = answer.whenComplete((nothing, failure) -> {
            late.cancel(false);
            silent.cancel(false);
            if (failure != null) {
                failed(current, failure);
            } else if (System.nanoTime() - sentAt <= deadlineNanos) {
                hit();
            }
        });
    }

    /** One step towards a connection that answers. */
    private void climb() {
        long now = System.nanoTime();
        Link current = link;
        if (current == null || !current.isOpen()) {
            link = null;
            probe = null;
            dial(now);
        } else if (probe == null) {
            if (now - nextProbe >= 0) {
                probe(current, now);
            }
        } else if (now - probedAt > GIVE_UP_LINK) {
            stays(Trouble.SILENT);
            drop(current);
        }
    }

    private void dial(long now) {
        CompletableFuture<Link> pending = dialling;
        if (pending != null) {
            if (now - dialledAt > dialNanos) {
                pending.cancel(false);
                dialling = null;
                stays(new Trouble("no connection in time", true, false));
            }
            return;
        }
        if (now - nextDial < 0) {
            return;
        }
        dialledAt = now;
        nextDial = now + backoff;
        backoff = Math.min(2 * backoff, MOST_BACKOFF);
        CompletableFuture<Link> begun = dialer.dial(() -> lost());
        dialling = begun;
        var unused = begun.whenComplete((made, failure) -> onTimer(() -> dialled(begun, made, failure)));
    }

    private void dialled(CompletableFuture<Link> begun, @Nullable Link made, @Nullable Throwable failure) {
        if (begun != dialling || closed) {
            if (made != null) {
                made.close();
            }
            return;
        }
        dialling = null;
        if (made == null) {
            stays(Trouble.of(failure == null ? new IllegalStateException() : failure));
            return;
        }
        backoff = TICK;
        link = made;
        climb();
    }

    private void lost() {
        Link current = usable;
        if (current != null && !current.isOpen()) {
            open(current, Trouble.LOST, System.nanoTime());
        }
        onTimer(this::tick);
    }

    private void probe(Link current, long now) {
        CompletableFuture<Void> asked = askEverywhere(current);
        probe = asked;
        probedAt = now;
        lastBeat = now;
        var unused = asked.whenComplete((nothing, failure) -> onTimer(() -> probed(current, asked, failure)));
    }

    private CompletableFuture<Void> askEverywhere(Link current) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String key : current.everywhere(announcement.probeKey())) {
            all.add(announcement.probe(current, key));
        }
        all.add(announcement.send(current));
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }

    private void probed(Link current, CompletableFuture<Void> asked, @Nullable Throwable failure) {
        if (asked != probe) {
            return;
        }
        probe = null;
        nextProbe = System.nanoTime() + BETWEEN_PROBES;
        if (failure != null) {
            Trouble why = Trouble.of(failure);
            stays(why);
            if (why.redial()) {
                drop(current);
                nextDial = nextProbe;
            }
        } else if (System.nanoTime() - probedAt <= deadlineNanos) {
            close(current);
        } else {
            stays(Trouble.SILENT);
        }
    }

    private void drop(Link current) {
        current.close();
        link = null;
        probe = null;
    }

    private void onTimer(Runnable action) {
        if (!timer.isShutdown()) {
            timer.execute(action);
        }
    }

    /** Ends it; the connection is given back by the caller of {@link Dialer#close}. */
    void close() {
        closed = true;
        synchronized (this) {
            usable = null;
            trouble = Trouble.CLOSED;
        }
    }
}
