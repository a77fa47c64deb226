package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.limit.Charge;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is due for one request. Confined to it. */
final class Due {

    private final List<Charge> charges;
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
            costs[i] =
                    settings.get(i).cost().atEnd(ended, response, charges.get(i).cost());
        }
        return costs;
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
