package dev.lintel.filters.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes dates, and reads the three forms of dates that HTTP knows (RFC 9110 section 5.6.7), without case, and nothing like them. */
final class HttpDate {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?:mon|tue|wed|thu|fri|sat|sun), (?<day>\\d\\d) (?<month>[a-z]{3}) (?<year>\\d{4}) " + TIME
                    + " gmt"),
            Pattern.compile(
                    "(?:mon|tues|wednes|thurs|fri|satur|sun)day, (?<day>\\d\\d)-(?<month>[a-z]{3})-(?<year>\\d\\d) "
                            + TIME + " gmt"),
            Pattern.compile("(?:mon|tue|wed|thu|fri|sat|sun) (?<month>[a-z]{3}) (?<day>[ \\d]\\d) " + TIME
                    + " (?<year>\\d{4})"));

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The form in which dates are written, of milliseconds since the epoch. */
    static String format(long millis) {
        return WRITTEN.format(Instant.ofEpochMilli(millis));
    }

    /**
     * Reads a date.
     *
     * @param now where a year of two digits is not meant to be more than 50 years ahead of
     * @return seconds since the epoch, or null for what is no date
     */
    static @Nullable Long parse(@Nullable String text, Instant now) {
        if (text == null || text.length() > 40) {
            return null;
        }
        String folded = text.toLowerCase(Locale.ROOT);
        for (Pattern form : FORMS) {
            Matcher found = form.matcher(folded);
            if (found.matches()) {
                return seconds(found, now);
            }
        }
        return null;
    }

    private static @Nullable Long seconds(Matcher found, Instant now) {
        int month = MONTHS.indexOf(found.group("month")) + 1;
        int year = number(found, "year");
        if (found.group("year").length() == 2) {
            int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
            year += thisYear / 100 * 100;
            year -= year > thisYear + 50 ? 100 : 0;
        }
        try {
            // a leap second counts as the one before
            int second = Math.min(59, number(found, "second"));
            return LocalDateTime.of(
                            year, month, number(found, "day"), number(found, "hour"), number(found, "minute"), second)
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static int number(Matcher found, String part) {
        return Integer.parseInt(found.group(part).strip());
    }
}
