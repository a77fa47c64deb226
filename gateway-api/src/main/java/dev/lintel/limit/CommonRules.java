package dev.lintel.limit;

import dev.lintel.option.Names;
import dev.lintel.option.Problems;
import java.time.Duration;

/** What holds for all limits that count. */
final class CommonRules {

    private CommonRules() {}

    static Problems checkName(String name) {
        Problems problems = new Problems();
        problems.require(Names.areValid(name), "name", name, Names.RULE);
        return problems;
    }

    static Problems check(String name, long capacity) {
        Problems problems = checkName(name);
        problems.require(
                capacity >= 1 && capacity <= RateLimit.MOST_UNITS,
                "capacity",
                capacity,
                "1 to " + RateLimit.MOST_UNITS + "; to refuse everything say so");
        return problems;
    }

    /** Checks a number that may not be more than the capacity; what equals it is as wrong as that, and told already. */
    static void checkPart(Problems problems, String name, long number, long least, long capacity, String rule) {
        problems.require(number >= least && number <= capacity || number == capacity, name, number, rule);
    }

    static boolean isWithin(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }
}
