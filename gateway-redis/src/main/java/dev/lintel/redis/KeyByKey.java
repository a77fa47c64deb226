package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimitDecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * Decides about charges for several keys, which a cluster keeps in several places: one place after the other is charged; when one
 * has too little, those before get back what they gave. In between they may refuse somebody else, but nobody gets more than a
 * limit has. For one request.
 */
final class KeyByKey {

    private final Counting counting;
    private final List<Charge> charges;
    private final Time time;
    private final List<List<Integer>> places;
    private final LimitState[] states;
    private final long[] marks;
    private long delayMillis;
    private long secondsToWait;
    private boolean refused;

    KeyByKey(Counting counting, List<Charge> charges, Time time) {
        this.counting = counting;
        this.charges = charges;
        this.time = time;
        this.states = new LimitState[charges.size()];
        this.marks = new long[charges.size()];
        Map<KeyHash, List<Integer>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < charges.size(); i++) {
            byKey.computeIfAbsent(charges.get(i).key(), key -> new ArrayList<>())
                    .add(i);
        }
        this.places = List.copyOf(byKey.values());
    }

    CompletableFuture<RateLimitDecision> acquire() {
        return step(0);
    }

    CompletableFuture<RateLimitDecision> peek() {
        refused = false;
        return look(0);
    }

    private CompletableFuture<RateLimitDecision> step(int place) {
        if (place == places.size()) {
            return CompletableFuture.completedFuture(decision());
        }
        List<Charge> here = here(place);
        return counting.ask(Counting.Mode.TAKE, here, time).thenCompose(verdict -> {
            note(place, verdict);
            if (verdict.granted() == 0) {
                for (int before = 0; before < place; before++) {
                    giveBack(before);
                }
                return look(place + 1);
            }
            return step(place + 1);
        });
    }

    private CompletableFuture<RateLimitDecision> look(int place) {
        if (place == places.size()) {
            return CompletableFuture.completedFuture(decision());
        }
        return counting.ask(Counting.Mode.PEEK, here(place), time).thenCompose(verdict -> {
            note(place, verdict);
            return look(place + 1);
        });
    }

    private List<Charge> here(int place) {
        return places.get(place).stream().map(charges::get).toList();
    }

    private void note(int place, Verdict verdict) {
        List<LimitState> told = verdict.states();
        for (int i = 0; i < told.size(); i++) {
            int at = places.get(place).get(i);
            states[at] = told.get(i);
            marks[at] = verdict.mark(i);
        }
        RateLimitDecision decision = verdict.decision();
        refused |= verdict.granted() == 0;
        delayMillis = Math.max(delayMillis, decision.delayMillis());
        secondsToWait = Math.max(secondsToWait, decision.retryAfterSeconds());
    }

    private void giveBack(int place) {
        List<Charge> here = new ArrayList<>();
        List<Long> costs = new ArrayList<>();
        List<Long> there = new ArrayList<>();
        for (int i : places.get(place)) {
            if (!states[i].exceeded()) {
                here.add(charges.get(i));
                costs.add(-charges.get(i).cost());
                there.add(marks[i]);
            }
        }
        if (!here.isEmpty()) {
            // a failure leaves them charged: too little is let in, never too much
            var unused = counting.settle(here, longs(costs), longs(there));
        }
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private RateLimitDecision decision() {
        return new SharedDecision(
                !refused,
                List.of(states),
                refused ? Math.max(1, secondsToWait) : 0,
                refused ? 0 : delayMillis,
                LongStream.of(marks).boxed().toList());
    }
}
