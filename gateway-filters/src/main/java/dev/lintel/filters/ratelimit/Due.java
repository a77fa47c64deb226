package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is due for one request. Confined to it. */
final class Due {

    private List<Charge> charges;
    private long @Nullable [] whole;
    private int gateways = 1;
    private @Nullable List<LimitSetting> settings;
    private @Nullable Rejection refused;
    private boolean unused;

    Due(int limits) {
        this.charges = new ArrayList<>(limits);
    }

    /** Adds what is due for a limit. */
    void add(Charge charge, LimitSetting setting, boolean settles) {
        charges.add(charge);
        if (settles) {
            List<LimitSetting> all = settings;
            if (all == null) {
                all = new ArrayList<>();
                settings = all;
            }
            all.add(setting);
        }
    }

    /**
     * Charges each limit so many times as much, up to its quota: a gateway that counts for itself, and is one of so many, so lets
     * in what its part of the limits allows. Permits that requests wait for are left alone, since they are passed on one by one.
     */
    void countAsOneOf(int number) {
        if (number <= 1 || whole != null) {
            return;
        }
        long[] before = new long[charges.size()];
        List<Charge> more = new ArrayList<>(before.length);
        for (int i = 0; i < before.length; i++) {
            Charge charge = charges.get(i);
            before[i] = charge.cost();
            boolean passed = charge.limit() instanceof RateLimit.Concurrency held && held.queue() > 0;
            boolean counts = !passed && charge.cost() < charge.limit().quota();
            long cost = counts ? Math.min(charge.limit().quota(), charge.cost() * number) : charge.cost();
            more.add(new Charge(charge.limit(), charge.key(), cost, charge.observed()));
        }
        // whoever holds the list from before goes on with what it was
        charges = more;
        whole = before;
        gateways = number;
    }

    /** Says that the request is refused without being counted. */
    Due refuse(Rejection why) {
        refused = why;
        return this;
    }

    /** Says that what was charged for the request is not used by it. */
    void unused() {
        unused = true;
    }

    /** What each charge has cost, by the end of the request; only with {@link #settings}. */
    long[] costs(Exchange ended, HttpServletResponse response) {
        long[] costs = new long[charges.size()];
        for (int i = 0; settings != null && !unused && i < costs.length; i++) {
            costs[i] = cost(i, ended, response);
        }
        return costs;
    }

    private long cost(int i, Exchange ended, HttpServletResponse response) {
        long charged = charges.get(i).cost();
        long first = whole == null ? charged : whole[i];
        long cost = settings == null ? first : settings.get(i).cost().atEnd(ended, response, first);
        return cost == first ? charged : Math.min(cost, 2 * RateLimit.MOST_UNITS) * gateways;
    }

    List<Charge> charges() {
        return charges;
    }

    /** The settings of the charges, in their order; null if nothing is left to do when the request has ended. */
    @Nullable
    List<LimitSetting> settings() {
        return settings;
    }

    /** Why the request is refused without being counted, or null. */
    @Nullable
    Rejection refused() {
        return refused;
    }
}
