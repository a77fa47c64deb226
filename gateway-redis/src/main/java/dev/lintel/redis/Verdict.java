package dev.lintel.redis;

import dev.lintel.limit.Charge;
import dev.lintel.limit.LimitState;
import java.util.ArrayList;
import java.util.List;

/**
 * What the script has answered about some charges. Immutable and thread-safe.
 *
 * @param codes the limits asked about
 * @param charges what was to be charged
 * @param answer the script's numbers
 */
record Verdict(List<LimitCode> codes, List<Charge> charges, List<Long> answer) {

    private static final int EACH = 5;

    /** How many were granted: of one request one, of units taken in advance as many. */
    long granted() {
        return answer.get(0);
    }

    private long number(int i, int which) {
        return answer.get(1 + EACH * i + which);
    }

    boolean isExceeded(int i) {
        return number(i, 0) != 0;
    }

    /** When a limit was charged, as its settlement has to say. */
    long mark(int i) {
        return number(i, 1);
    }

    private long x(int i) {
        return number(i, 2);
    }

    private long y(int i) {
        return number(i, 3);
    }

    private long z(int i) {
        return number(i, 4);
    }

    /** How long units that were granted are good for, in nanoseconds. */
    long nanosGood() {
        long good = Long.MAX_VALUE;
        for (int i = 0; i < codes.size(); i++) {
            good = Math.min(good, codes.get(i).nanosGood(x(i), y(i)));
        }
        return good;
    }

    /** How each limit stands. */
    List<LimitState> states() {
        List<LimitState> states = new ArrayList<>(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            states.add(codes.get(i).state(isExceeded(i), x(i), y(i)));
        }
        return states;
    }

    /** Nanoseconds until all enforced limits can have enough. */
    long nanosToWait() {
        long nanos = 0;
        for (int i = 0; i < codes.size(); i++) {
            if (isExceeded(i) && !charges.get(i).observed()) {
                nanos = Math.max(
                        nanos,
                        codes.get(i)
                                .nanosToWait(x(i), y(i), z(i), charges.get(i).cost()));
            }
        }
        return nanos;
    }

    /** The decision about one request, or about each of those for which units were taken in advance. */
    SharedDecision decision() {
        if (granted() == 0) {
            return new SharedDecision(false, states(), Math.max(1, LimitCode.seconds(nanosToWait())), 0, marks());
        }
        long delay = 0;
        for (int i = 0; i < codes.size(); i++) {
            if (!isExceeded(i) && !charges.get(i).observed()) {
                delay = Math.max(delay, codes.get(i).delayMillis(z(i)));
            }
        }
        return new SharedDecision(true, states(), 0, delay, marks());
    }

    private List<Long> marks() {
        List<Long> marks = new ArrayList<>(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            marks.add(mark(i));
        }
        return marks;
    }
}
