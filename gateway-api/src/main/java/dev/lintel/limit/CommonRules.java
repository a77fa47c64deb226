package dev.lintel.limit;

import dev.lintel.option.Names;
import dev.lintel.option.Problems;

/** What holds for all limits that count. */
final class CommonRules {

    private CommonRules() {}

    static Problems check(String name, long capacity) {
        Problems problems = new Problems();
        problems.require(Names.areValid(name), "name", name, Names.RULE);
        problems.require(
                capacity >= 1 && capacity <= RateLimit.MOST_UNITS,
                "capacity",
                capacity,
                "1 to " + RateLimit.MOST_UNITS + "; to refuse everything say so");
        return problems;
    }
}
