package dev.lintel.option;

import java.time.Duration;
import java.util.Optional;

/** Reads durations ({@code 500ms}, {@code 10s}, {@code 1m}, {@code 2h}, {@code 1d}) and sizes ({@code 512}, {@code 10KiB}, {@code 1MiB}, {@code 2GiB}). */
public final class Units {

    private Units() {}

    /**
     * Reads a duration.
     *
     * @param text a whole number followed by {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}; {@code 0} alone is zero
     * @return the duration, or empty if the text is not one
     */
    public static Optional<Duration> duration(String text) {
        int split = digits(text);
        if (split == 0 || split > 12) {
            return Optional.empty();
        }
        long number = Long.parseLong(text, 0, split, 10);
        return switch (text.substring(split)) {
            case "" -> number == 0 ? Optional.of(Duration.ZERO) : Optional.empty();
            case "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "m" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            case "d" -> Optional.of(Duration.ofDays(number));
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
        if (split == 0 || split > 9) {
            return Optional.empty();
        }
        long number = Long.parseLong(text, 0, split, 10);
        return switch (text.substring(split)) {
            case "", "B" -> Optional.of(number);
            case "KiB" -> Optional.of(number << 10);
            case "MiB" -> Optional.of(number << 20);
            case "GiB" -> Optional.of(number << 30);
            default -> Optional.empty();
        };
    }

    private static int digits(String text) {
        int split = 0;
        while (split < text.length() && text.charAt(split) >= '0' && text.charAt(split) <= '9') {
            split++;
        }
        return split;
    }
}
