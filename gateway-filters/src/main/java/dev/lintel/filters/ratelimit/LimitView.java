package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RateLimitFilter} counts in this process: to look at, to list and to reset. Keys are stored as hashes, so one is
 * found only by who presents it. Thread-safe.
 */
public final class LimitView {

    /** The most keys that are listed. */
    public static final int MOST_LISTED = 100;

    private final LimitRules rules;
    private final LimitGate gate;
    private final LimitTally tally;
    private final @Nullable StoreGate store;

    LimitView(LimitRules rules, LimitGate gate, LimitTally tally, @Nullable StoreGate store) {
        this.rules = rules;
        this.gate = gate;
        this.tally = tally;
        this.store = store;
    }

    /**
     * A limit as it is now.
     *
     * @param setting the limit
     * @param exceeded how many requests it had too little for, refused or not
     * @param keys how many keys are remembered, those of tiers together
     */
    public record Standing(LimitSetting setting, long exceeded, long keys) {}

    /**
     * A key that has used much.
     *
     * @param id tells it from others, and nothing else
     * @param limit the limit, or its tier's
     * @param remaining how much is left for it
     */
    public record BusyKey(String id, RateLimit limit, long remaining) {}

    /** The limits, in order. */
    public List<Standing> limits() {
        List<Standing> standings = new ArrayList<>();
        for (LimitSetting setting : rules.limits()) {
            long keys = 0;
            for (RateLimit limit : variants(setting)) {
                keys += rules.limiter().counted(limit).buckets().size();
            }
            standings.add(new Standing(setting, tally.exceeded(setting.limit().name()), keys));
        }
        return standings;
    }

    /** How many requests passed. */
    public long allowed() {
        return tally.allowed();
    }

    /** How many were refused. */
    public long refused() {
        return tally.refused();
    }

    /** How many wait now: for their turn, or for a permit. */
    public int waiting() {
        return gate.waiting();
    }

    /** How many requests the store did not decide about; 0 without one. */
    public long storeFailures() {
        return store == null ? 0 : store.failures();
    }

    /**
     * How a limit stands for a key, in each tier where it is remembered or would be.
     *
     * @param name the limit's name
     * @param values the key's parts, see {@link dev.lintel.limit.LimitKey#hash(List, dev.lintel.limit.KeyHasher)}
     * @param time the clocks to go by
     * @throws IllegalArgumentException if there is no such limit, or the parts are not as many as the key's
     */
    public List<LimitState> look(String name, List<String> values, Time time) {
        LimitSetting setting = setting(name);
        List<LimitState> states = new ArrayList<>();
        for (RateLimit limit : variants(setting)) {
            KeyHash key = rules.hash(setting, limit, values);
            states.addAll(rules.limiter()
                    .peek(List.of(new Charge(limit, key, 1)), time)
                    .states());
        }
        return states;
    }

    /**
     * Forgets what a key has used of a limit, in all tiers. Permits that are held stay so: they come back when their requests end.
     * Where a store counts it is asked to forget, too.
     *
     * @return whether anything was remembered here
     * @throws IllegalArgumentException if there is no such limit, or the parts are not as many as the key's
     */
    public boolean reset(String name, List<String> values) {
        LimitSetting setting = setting(name);
        boolean any = false;
        for (RateLimit limit : variants(setting)) {
            KeyHash key = rules.hash(setting, limit, values);
            CountedLimit counted = rules.limiter().counted(limit);
            any |= !counted.isHeld() && counted.buckets().reset(key);
            if (store != null && !counted.isHeld()) {
                var unused = store.store().reset(limit, key);
            }
        }
        return any;
    }

    /**
     * The keys of a limit that have least left, at most {@link #MOST_LISTED}, those with least first.
     *
     * @throws IllegalArgumentException if there is no such limit
     */
    public List<BusyKey> busiest(String name, int most, Time time) {
        int bound = Math.min(most, MOST_LISTED);
        Comparator<BusyKey> byRemaining = Comparator.comparingLong(BusyKey::remaining);
        PriorityQueue<BusyKey> found = new PriorityQueue<>(byRemaining.reversed());
        Clocks clocks = Clocks.of(time);
        for (RateLimit limit : variants(setting(name))) {
            rules.limiter().counted(limit).buckets().each(clocks, (key, remaining) -> {
                BusyKey least = found.size() < bound ? null : found.peek();
                if (remaining < limit.quota() && (least == null ? bound > 0 : remaining < least.remaining())) {
                    if (least != null) {
                        found.poll();
                    }
                    found.add(new BusyKey(id(key), limit, remaining));
                }
            });
        }
        return found.stream().sorted(byRemaining).toList();
    }

    void measure(Measures measures) {
        String decisions = "gateway.ratelimit.decisions";
        String told = "Requests that limits were asked about.";
        measures.counter(decisions, told, (double) allowed(), "decision", "allowed");
        measures.counter(decisions, told, (double) refused(), "decision", "refused");
        measures.gauge("gateway.ratelimit.waiting", "Requests that wait for their turn or a permit.", waiting());
        for (Standing limit : limits()) {
            String name = limit.setting().limit().name();
            String description = "Requests that a limit had too little for, refused or not.";
            measures.counter("gateway.ratelimit.exceeded", description, (double) limit.exceeded(), "limit", name);
            measures.gauge(
                    "gateway.ratelimit.keys", "Keys that a limit remembers.", (double) limit.keys(), "limit", name);
        }
        if (store != null) {
            String description = "Requests that the store of limits did not decide about in time.";
            measures.counter("gateway.ratelimit.store.failures", description, (double) storeFailures());
            if (store.store() instanceof Measured measured) {
                measured.measure(measures);
            }
        }
    }

    private LimitSetting setting(String name) {
        for (LimitSetting setting : rules.limits()) {
            if (setting.limit().name().equals(name)) {
                return setting;
            }
        }
        throw new IllegalArgumentException("limit: not found (expected: the name of one of the filter's limits)");
    }

    private static List<RateLimit> variants(LimitSetting setting) {
        List<RateLimit> variants = new ArrayList<>();
        variants.add(setting.limit());
        variants.addAll(setting.tiers().limits().values());
        return variants;
    }

    private static String id(KeyHash key) {
        return String.format("%016x", key.high());
    }
}
