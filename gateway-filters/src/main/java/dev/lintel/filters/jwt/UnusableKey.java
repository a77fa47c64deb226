package dev.lintel.filters.jwt;

/** A key that may not be used; the message is the rule it breaks, and never holds a value of the key. */
final class UnusableKey extends Exception {

    UnusableKey(String rule) {
        super(rule, null, false, false);
    }

    /** The rule that is broken, to follow the word "expected". */
    String rule() {
        return String.valueOf(getMessage());
    }
}
