package dev.lintel.redis;

import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What this gateway holds of limits on requests at the same time. Redis believes a gateway for a while only, so that what one
 * held that is gone comes back; one that is there says again and again what it holds. That also mends what went wrong on the way:
 * what was given back and did not arrive, what was granted too late, what Redis has forgotten. Thread-safe; never waits.
 */
final class Permits {

    /** For how long a gateway is believed to hold what it does. */
    static final Duration LIFE = Duration.ofSeconds(10);

    /** Below 2^53, as all numbers of the script. */
    private static final long HOLDERS = 1L << 48;

    /** What went wrong on the way is mended for no more keys than this at a time; else it comes back by itself. */
    private static final int MOST_MENDED = 10_000;

    private final long holder = new SecureRandom().nextLong(HOLDERS);
    private final Duration life;
    private final Map<Charge, Held> all = new HashMap<>();

    /**
     * What is held for one key. Confined to the lock.
     */
    private static final class Held {

        private long permits;
        private long underWay;
        private long mendUntil;
        private boolean mends;

        boolean isOver(long now) {
            return permits == 0 && underWay == 0 && (!mends || now - mendUntil > 0);
        }
    }

    Permits(Duration life) {
        this.life = life;
    }

    /** By which number this gateway is known. */
    long holder() {
        return holder;
    }

    Duration life() {
        return life;
    }

    /** Whether any of these holds a permit. */
    static boolean concern(List<Charge> charges) {
        for (int i = 0; i < charges.size(); i++) {
            if (isPermit(charges.get(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean isPermit(Charge charge) {
        return charge.limit() instanceof RateLimit.Concurrency;
    }

    /** Asks for permits, and notes those that are granted. */
    synchronized CompletableFuture<Verdict> take(List<Charge> charges, Supplier<CompletableFuture<Verdict>> asks) {
        charges.forEach(charge -> change(charge, 0, 1, false));
        return asks.get().whenComplete((verdict, failure) -> {
            for (int i = 0; i < charges.size(); i++) {
                boolean granted = verdict != null && verdict.granted() > 0 && !verdict.isExceeded(i);
                change(charges.get(i), granted ? 1 : 0, -1, StoreSilent.mayHaveDecided(failure));
            }
        });
    }

    /** Gives permits back. */
    synchronized CompletableFuture<Verdict> giveBack(List<Charge> charges, Supplier<CompletableFuture<Verdict>> asks) {
        charges.forEach(charge -> change(charge, -1, 1, false));
        return asks.get()
                .whenComplete((verdict, failure) -> charges.forEach(charge -> change(charge, 0, -1, failure != null)));
    }

    private synchronized void change(Charge charge, int permits, int underWay, boolean unsure) {
        if (!isPermit(charge)) {
            return;
        }
        Charge place = new Charge(charge.limit(), charge.key(), 1);
        Held held = all.computeIfAbsent(place, key -> new Held());
        held.permits = Math.max(0, held.permits + permits);
        held.underWay += underWay;
        if (unsure && all.size() <= MOST_MENDED) {
            held.mends = true;
            held.mendUntil = System.nanoTime() + life.toNanos();
        }
        if (held.isOver(System.nanoTime())) {
            all.remove(place);
        }
    }

    /** What there is to say. */
    synchronized List<Charge> places() {
        return List.copyOf(all.keySet());
    }

    /**
     * Says what is held for a key, and forgets it once nothing is.
     *
     * @param says is told how many permits are held, and how many more may be by now
     */
    synchronized void tell(Charge place, Saying says) {
        Held held = all.get(place);
        if (held != null) {
            says.say(held.permits, held.underWay);
            if (held.isOver(System.nanoTime())) {
                all.remove(place);
            }
        }
    }

    /** Tells Redis what is held. */
    @FunctionalInterface
    interface Saying {

        void say(long permits, long underWay);
    }
}
