package dev.lintel.option;

import java.time.Duration;
import java.util.Optional;

/** Reads durations ({@code 500ms}, {@code 10s}, {@code 1m}, {@code 2h}, {@code 1d}) and sizes ({@code 512}, {@code 10KiB}, {@code 1MiB}, {@code 2GiB}). */
public final class Units {

    private static final Duration MOST = Duration.ofNanos(Long.MAX_VALUE);

    private Units() {}

    /**
     * Reads a duration.
     *
     * @param text a whole number followed by {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}; {@code 0} alone is zero
     * @return the duration, or empty if the text is not one, or more nanoseconds than a {@code long} can count (292 years)
     */
    public static Optional<Duration> duration(String text) {
        int split = digits(text);
        if (split == 0 || split > 12) {
            return Optional.empty();
        }
        long number = Long.parseLong(text, 0, split, 10);
        return switch (text.substring(split)) {
            case "" -> number == 0 ? Optional.of(Duration.ZERO) : Optional.empty();
            case "ms" -> countable(Duration.ofMillis(number));
            case "s" -> countable(Duration.ofSeconds(number));
            case "m" -> countable(Duration.ofMinutes(number));
            case "h" -> countable(Duration.ofHours(number));
            case "d" -> countable(Duration.ofDays(number));
            default -> Optional.empty();
        };
    }

    /**
     * Reads a size.
     *
     * @param text a whole number of bytes, or one followed by {@code B}, {@code KiB}, {@code MiB} or {@code GiB}
     * @return the size in bytes, or empty if the text is not one
     */
    public static Optional<Long> size(String text) {
        int split = digits(text);
        if (split == 0 || split > 18) {
            return Optional.empty();
        }
        long number = Long.parseLong(text, 0, split, 10);
        return switch (text.substring(split)) {
            case "", "B" -> Optional.of(number);
            case "KiB" -> times(number, 10);
            case "MiB" -> times(number, 20);
            case "GiB" -> times(number, 30);
            default -> Optional.empty();
        };
    }

    /**
     * Writes a duration as {@link #duration} reads it, in the largest unit that counts it whole; zero as {@code 0s}.
     *
     * @param duration not negative; one that milliseconds do not count is written as ISO 8601 does, for messages
     */
    public static String text(Duration duration) {
        if (duration.isNegative() || duration.getNano() % 1_000_000 != 0) {
            return duration.toString();
        }
        if (duration.getNano() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.getSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }

    /** Writes a size as {@link #size} reads it, in the largest unit that counts it whole. */
    public static String text(long bytes) {
        if (bytes <= 0 || bytes % 1024 != 0) {
            return Long.toString(bytes);
        }
        if (bytes % (1 << 20) != 0) {
            return (bytes >> 10) + "KiB";
        }
        return bytes % (1 << 30) == 0 ? (bytes >> 30) + "GiB" : (bytes >> 20) + "MiB";
    }

    private static Optional<Duration> countable(Duration duration) {
        return duration.compareTo(MOST) <= 0 ? Optional.of(duration) : Optional.empty();
    }

    private static Optional<Long> times(long number, int power) {
        return number <= Long.MAX_VALUE >> power ? Optional.of(number << power) : Optional.empty();
    }

    private static int digits(String text) {
        int split = 0;
        while (split < text.length() && text.charAt(split) >= '0' && text.charAt(split) <= '9') {
            split++;
        }
        return split;
    }
}
