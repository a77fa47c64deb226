package dev.lintel.option;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with an option.
 *
 * @param name the option's full name, for example {@code routes.orders.path}
 * @param value what was given, already masked if it is a secret
 * @param expected the rule that the value breaks, in words
 */
public record Problem(String name, String value, String expected) {

    /** Checks that no part is null. */
    public Problem {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        requireNonNull(expected, "expected");
    }

    /** The form used in every message: {@code name: value (expected: rule)}. */
    @Override
    public String toString() {
        return name + ": " + value + " (expected: " + expected + ")";
    }
}
