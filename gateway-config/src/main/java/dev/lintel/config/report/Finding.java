package dev.lintel.config.report;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was found in a configuration file. Immutable; holds no secret, and nothing that terminals and logs act upon.
 *
 * @param severity how bad it is
 * @param name what kind of finding it is; the same in every version, such as {@code unknown-key}
 * @param position where it stands
 * @param length how many characters it is about, at least 1
 * @param message what is wrong
 * @param expected the rule in words, or null if the message says it all
 * @param suggestion what was probably meant, or null if nothing known is near
 * @param excerpt the line or a part of it, with what may be secret masked; empty if it cannot be shown
 * @param mark where in the excerpt it begins, from 0
 */
public record Finding(
        Severity severity,
        String name,
        Position position,
        int length,
        String message,
        @Nullable String expected,
        @Nullable String suggestion,
        String excerpt,
        int mark) {

    /** Checks that nothing is null that must not be, and makes texts {@link Printable}. */
    public Finding {
        requireNonNull(severity, "severity");
        requireNonNull(name, "name");
        requireNonNull(position, "position");
        requireNonNull(excerpt, "excerpt");
        message = Printable.text(requireNonNull(message, "message"));
        expected = expected == null ? null : Printable.text(expected);
        suggestion = suggestion == null ? null : Printable.text(suggestion);
        length = Math.max(1, length);
    }

    /** Message, rule and suggestion in one line. */
    public String sentence() {
        return message
                + (expected == null ? "" : " (expected: " + expected + ")")
                + (suggestion == null ? "" : "; did you mean '" + suggestion + "'?");
    }

    /** The printed form: position and sentence, then the line and a line of carets under what it is about. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(position)
                .append(' ')
                .append(severity.word())
                .append(": ")
                .append(sentence());
        if (severity == Severity.WARNING) {
            text.append(" [").append(name).append(']');
        }
        if (!excerpt.isEmpty()) {
            String number = String.format("%5d", position.line());
            int carets = Math.max(1, Math.min(length, excerpt.length() - mark));
            text.append('\n').append(number).append(" | ").append(excerpt);
            text.append('\n').append(" ".repeat(number.length())).append(" | ");
            text.append(" ".repeat(mark)).append("^".repeat(carets));
        }
        return text.toString();
    }
}
