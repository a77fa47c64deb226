package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts charges into the script's words. Thread-safe. */
final class Counting {

    /** What is to become of the charges. */
    enum Mode {
        /** They are charged if all are there. */
        TAKE("take"),
        /** As many as there are, up to the cost, are taken in advance. */
        LEASE("lease"),
        /** Nothing. */
        PEEK("peek"),
        /** They are charged, or given back, no matter what is there. */
        SETTLE("settle"),
        /** What was counted is forgotten. */
        RESET("reset");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    private static final int MOST_LIMITS = 10_000;
    private static final int BEFORE = 2;
    private static final int EACH = 3 + LimitCode.NUMBERS;

    private final Desk desk;
    private final String namespace;
    private final @Nullable Time clock;
    private final Permits permits;
    private final Map<RateLimit, LimitCode> codes = new ConcurrentHashMap<>();

    /**
     * @param clock goes instead of Redis' own, for tests
     */
    Counting(Desk desk, String namespace, Permits permits, @Nullable Time clock) {
        this.desk = desk;
        this.namespace = namespace;
        this.permits = permits;
        this.clock = clock;
    }

    /** A limit in the script's numbers. */
    LimitCode code(RateLimit limit) {
        LimitCode known = codes.get(limit);
        if (known == null) {
            if (codes.size() >= MOST_LIMITS) {
                // gateways that were replaced a thousand times leave limits behind
                codes.clear();
            }
            known = LimitCode.of(limit, permits);
            codes.put(limit, known);
        }
        return known;
    }

    /** Asks in one step; where Redis is a cluster the keys must be the same. */
    CompletableFuture<Verdict> ask(Mode mode, List<Charge> charges, Time time) {
        long[] costs = new long[charges.size()];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = charges.get(i).cost();
        }
        return mode == Mode.TAKE && Permits.concern(charges)
                ? permits.take(charges, () -> ask(mode, charges, costs, null, time))
                : ask(mode, charges, costs, null, time);
    }

    /** Takes as many units in advance as there are, up to a number. */
    CompletableFuture<Verdict> lease(List<Charge> charges, long units, Time time) {
        long[] costs = new long[charges.size()];
        Arrays.fill(costs, units);
        return ask(Mode.LEASE, charges, costs, null, time);
    }

    /**
     * Charges or gives back, whatever is there; of permits one is given back.
     *
     * @param marks what the decision says that charged it; 0 for none
     */
    CompletableFuture<Verdict> settle(List<Charge> charges, long[] costs, long[] marks) {
        return Permits.concern(charges)
                ? permits.giveBack(charges, () -> ask(Mode.SETTLE, charges, costs, marks, Time.system()))
                : ask(Mode.SETTLE, charges, costs, marks, Time.system());
    }

    /** Says which permits are held. */
    void renew() {
        for (Charge place : permits.places()) {
            permits.tell(place, (held, underWay) -> {
                var unused = ask(Mode.SETTLE, List.of(place), new long[] {held}, new long[] {underWay}, Time.system());
            });
        }
    }

    private CompletableFuture<Verdict> ask(
            Mode mode, List<Charge> charges, long[] costs, long @Nullable [] marks, Time time) {
        int size = charges.size();
        List<LimitCode> used = new ArrayList<>(size);
        String[] keys = new String[size];
        String[] arguments = new String[BEFORE + EACH * size + (marks == null ? 0 : size)];
        arguments[0] = mode.word;
        arguments[1] = clock == null ? "" : Long.toString(micros(clock));
        for (int i = 0; i < size; i++) {
            Charge charge = charges.get(i);
            LimitCode code = code(charge.limit());
            used.add(code);
            keys[i] = key(code, charge.key());
            int at = BEFORE + EACH * i;
            code.write(arguments, at, costs[i], charge.observed(), time);
            if (marks != null) {
                arguments[BEFORE + EACH * size + i] = Long.toString(marks[i]);
            }
        }
        return desk.ask(Script.DECIDE, keys, arguments).thenApply(answer -> new Verdict(used, charges, answer));
    }

    private String key(LimitCode code, KeyHash key) {
        HexFormat hex = HexFormat.of();
        return namespace + ":" + code.name() + ":{" + hex.toHexDigits(key.high()) + hex.toHexDigits(key.low()) + "}";
    }

    private static long micros(Time clock) {
        Instant now = clock.wall().instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
