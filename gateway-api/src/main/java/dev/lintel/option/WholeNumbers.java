package dev.lintel.option;

import java.util.Optional;

/** Reads whole numbers. */
final class WholeNumbers {

    private WholeNumbers() {}

    /** Digits with at most a minus: the platform would take a plus and the digits of every script as well. */
    static Optional<Long> parse(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        boolean digits = text.length() > from && text.substring(from).chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NumberFormatException tooLong) {
            return Optional.empty();
        }
    }
}
