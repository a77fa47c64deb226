package dev.lintel.limit;

import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.List;

/**
 * A throttle and a quota together, as usage plans of API gateways have them: a rate with a burst, and a number in each day, week
 * or month. As data it is two limits, which a filter charges both or neither. Immutable and thread-safe.
 *
 * @param name of the limits: theirs are {@code NAME-throttle} and {@code NAME-quota}
 * @param rate how many requests come back in a period, 1 to a million a second
 * @param period 1 ms to 366 days
 * @param burst how many at once, 1 to a thousand million
 * @param quota how many in each window of the calendar, 1 to a thousand million
 * @param window how the calendar is cut
 * @param offset how many the quota has less in the window in which it begins to count, 0 to the quota
 */
public record UsagePlan(
        String name, long rate, Duration period, long burst, long quota, CalendarPeriod window, long offset) {

    /**
     * Checks the numbers.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public UsagePlan {
        Problems problems = CommonRules.check(name, burst);
        problems.require(name.length() <= 55, "name", name, "at most 55 characters, since -throttle is put behind it");
        problems.require(rate >= 1 && rate <= RateLimit.MOST_UNITS, "rate", rate, "1 to a million a second");
        problems.throwIfAny("limit " + name);
        var unused = List.of(throttle(name, rate, period, burst), quota(name, quota, window, offset));
    }

    /** The throttle first, then the quota. */
    public List<RateLimit> limits() {
        return List.of(throttle(name, rate, period, burst), quota(name, quota, window, offset));
    }

    /** A burst may be less than the rate: the same rate is told by a shorter period then. */
    private static RateLimit throttle(String name, long rate, Duration period, long burst) {
        Duration refill = burst >= rate ? period : period.multipliedBy(burst).dividedBy(rate);
        return new RateLimit.TokenBucket(name + "-throttle", burst, Math.min(rate, burst), refill, burst);
    }

    private static RateLimit quota(String name, long quota, CalendarPeriod window, long offset) {
        return new RateLimit.FixedWindow(name + "-quota", quota, window, offset);
    }
}
