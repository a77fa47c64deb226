package dev.lintel.option;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an option's values are that are written as one text each. Immutable and thread-safe.
 *
 * @param <T> what is read
 */
public sealed interface ScalarType<T> extends OptionType<T> {

    /** The value that a text is, whether or not it keeps the rule; empty if it is none. */
    Optional<T> parse(String text);

    /** Whether a value keeps the rule. */
    boolean admits(T value);

    /** The rule in words, for messages: {@code a duration from 0s to 2m}. */
    String rule();

    /** The text that is read as a value. */
    String show(T value);

    /**
     * Any text, or those that keep a rule.
     *
     * @param word for tables
     * @param rule in words
     * @param allowed the rule
     */
    record Text(String word, String rule, Predicate<String> allowed) implements ScalarType<String> {
        /** Checks that nothing is null. */
        public Text {
            requireNonNull(word, "word");
            requireNonNull(rule, "rule");
            requireNonNull(allowed, "allowed");
        }

        @Override
        public Optional<String> parse(String text) {
            return Optional.of(text);
        }

        @Override
        public boolean admits(String value) {
            return allowed.test(value);
        }

        @Override
        public String show(String value) {
            return value;
        }
    }

    /**
     * One of certain texts, to the letter.
     *
     * @param words the texts, in the order in which they are listed
     */
    record Words(List<String> words) implements ScalarType<String> {
        /** Copies the list. */
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public String word() {
            return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }

        @Override
        public Optional<String> parse(String text) {
            return Optional.of(text);
        }

        @Override
        public boolean admits(String value) {
            return words.contains(value);
        }

        @Override
        public String rule() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public String show(String value) {
            return value;
        }
    }

    /** {@code true} or {@code false}. */
    record Flag() implements ScalarType<Boolean> {
        @Override
        public String word() {
            return "`true`, `false`";
        }

        @Override
        public Optional<Boolean> parse(String text) {
            return text.equals("true")
                    ? Optional.of(true)
                    : text.equals("false") ? Optional.of(false) : Optional.empty();
        }

        @Override
        public boolean admits(Boolean value) {
            return true;
        }

        @Override
        public String rule() {
            return "true or false";
        }

        @Override
        public String show(Boolean value) {
            return value.toString();
        }
    }

    /**
     * A whole number within a range.
     *
     * @param least the lowest allowed
     * @param most the highest allowed
     */
    record Whole(long least, long most) implements ScalarType<Long> {
        @Override
        public String word() {
            return "number";
        }

        @Override
        public Optional<Long> parse(String text) {
            return WholeNumbers.parse(text);
        }

        @Override
        public boolean admits(Long value) {
            return value >= least && value <= most;
        }

        @Override
        public String rule() {
            return most == Long.MAX_VALUE
                    ? "a whole number of " + least + " or more"
                    : "a whole number from " + least + " to " + most;
        }

        @Override
        public String show(Long value) {
            return value.toString();
        }
    }

    /**
     * A duration within a range.
     *
     * @param least the shortest allowed
     * @param most the longest allowed
     * @param orZero whether zero is allowed beside the range, for none
     * @param unit what it must be a multiple of
     */
    record Time(Duration least, Duration most, boolean orZero, Duration unit) implements ScalarType<Duration> {
        /** What nanoseconds can count. */
        static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

        @Override
        public String word() {
            return "duration";
        }

        @Override
        public Optional<Duration> parse(String text) {
            return Units.duration(text);
        }

        @Override
        public boolean admits(Duration value) {
            if (value.isZero() && orZero) {
                return true;
            }
            boolean within = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
            return within && Duration.ZERO.equals(value.minus(unit.multipliedBy(value.dividedBy(unit))));
        }

        @Override
        public String rule() {
            if (least.isZero() && most.equals(LONGEST) && unit.equals(Duration.ofNanos(1))) {
                return "a duration such as 500ms, 10s, 1m, 2h or 1d";
            }
            String whole = unit.equals(Duration.ofSeconds(1)) ? " in whole seconds" : "";
            String range = most.equals(LONGEST)
                    ? "a duration" + whole + " of " + Units.text(least) + " or more"
                    : "a duration" + whole + " from " + Units.text(least) + " to " + Units.text(most);
            return orZero ? "0, or " + range : range;
        }

        @Override
        public String show(Duration value) {
            return Units.text(value);
        }
    }

    /**
     * A number of bytes within a range.
     *
     * @param least the lowest allowed
     * @param most the highest allowed
     * @param orZero whether zero is allowed beside the range, for none
     */
    record Size(long least, long most, boolean orZero) implements ScalarType<Long> {
        @Override
        public String word() {
            return "size";
        }

        @Override
        public Optional<Long> parse(String text) {
            return Units.size(text);
        }

        @Override
        public boolean admits(Long value) {
            return value == 0 && orZero || value >= least && value <= most;
        }

        @Override
        public String rule() {
            if (least == 0 && most == Long.MAX_VALUE) {
                return "a size such as 512, 10KiB, 1MiB or 1GiB";
            }
            String range = most == Long.MAX_VALUE
                    ? "a size of " + Units.text(least) + " or more"
                    : "a size from " + Units.text(least) + " to " + Units.text(most);
            return orZero ? "0, or " + range : range;
        }

        @Override
        public String show(Long value) {
            return Units.text(value);
        }
    }

    /**
     * One of an enum's constants, written in any case and with {@code -} for {@code _}.
     *
     * @param type the enum
     * @param <E> the enum
     */
    record Choice<E extends Enum<E>>(Class<E> type) implements ScalarType<E> {
        /** The words, in the enum's order. */
        public List<String> words() {
            return Arrays.stream(type.getEnumConstants()).map(this::show).toList();
        }

        @Override
        public String word() {
            return words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }

        @Override
        public Optional<E> parse(String text) {
            String word = text.toLowerCase(Locale.ROOT).replace('_', '-');
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> show(constant).equals(word))
                    .findFirst();
        }

        @Override
        public boolean admits(E value) {
            return true;
        }

        @Override
        public String rule() {
            return "one of " + String.join(", ", words());
        }

        @Override
        public String show(E value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The path of a file. */
    record File() implements ScalarType<Path> {
        @Override
        public String word() {
            return "file";
        }

        @Override
        public Optional<Path> parse(String text) {
            try {
                return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException malformed) {
                return Optional.empty();
            }
        }

        @Override
        public boolean admits(Path value) {
            return true;
        }

        @Override
        public String rule() {
            return "the path of a file";
        }

        @Override
        public String show(Path value) {
            return value.toString();
        }
    }

    /** A point in time, as ISO 8601 writes it in UTC. */
    record Moment() implements ScalarType<Instant> {
        @Override
        public String word() {
            return "instant";
        }

        @Override
        public Optional<Instant> parse(String text) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException malformed) {
                return Optional.empty();
            }
        }

        @Override
        public boolean admits(Instant value) {
            return true;
        }

        @Override
        public String rule() {
            return "an instant such as 2026-01-31T22:00:00Z";
        }

        @Override
        public String show(Instant value) {
            return value.toString();
        }
    }
}
