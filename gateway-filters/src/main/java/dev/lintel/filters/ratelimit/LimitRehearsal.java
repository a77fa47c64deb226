package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.Time;
import dev.lintel.filter.Rehearsal;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimitDecision;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Decides about a described request without any effect on what has been counted of others. For one rehearsal. */
final class LimitRehearsal {

    private final Rehearsal rehearsal;
    private final LimitRules rules;
    private final @Nullable StoreGate store;

    private LimitRehearsal(Rehearsal rehearsal, LimitRules rules, @Nullable StoreGate store) {
        this.rehearsal = rehearsal;
        this.rules = rules;
        this.store = store;
    }

    /** By what is counted if the filter runs and may be looked at, else as if nothing had been used. */
    static LimitRehearsal of(
            Object owner, RateLimitOptions options, @Nullable RunningLimits running, Rehearsal rehearsal) {
        if (running != null && !rehearsal.isSeries()) {
            return new LimitRehearsal(rehearsal, running.rules(), running.gate().store());
        }
        if (options.store() != null) {
            rehearsal.remark("the store is not asked: as if nothing had been used");
        }
        return new LimitRehearsal(rehearsal, rehearsal.state(owner, () -> LimitRules.unused(options)), null);
    }

    /** Finds what is due. */
    Due due(Exchange exchange, HttpServletRequest request) {
        return rules.due(exchange, request);
    }

    /** Decides, and says how limits stand, and who has decided where it is not this process alone. */
    RateLimitDecision decide(Due due, Time time) {
        RateLimitDecision decision = store == null ? null : store.foretell(due, time, rehearsal);
        if (decision == null) {
            decision = rehearsal.isSeries() ? count(due, time) : rules.limiter().peek(due.charges(), time);
        }
        for (LimitState state : decision.states()) {
            rehearsal.remark(state.limit().name() + ": " + state.remaining() + " of "
                    + state.limit().quota() + " left" + (rehearsal.isSeries() ? " after it" : ""));
        }
        if (decision.delayMillis() > 0) {
            rehearsal.remark("waits " + decision.delayMillis() + " ms before it goes on");
        }
        return decision;
    }

    private RateLimitDecision count(Due due, Time time) {
        RateLimitDecision decision = rules.limiter().acquire(due.charges(), time);
        if (decision instanceof CountedDecision held && decision.isAllowed()) {
            // each request of a series is over before the next
            rules.limiter().settle(held, due.charges(), null, time);
        }
        return decision;
    }
}
