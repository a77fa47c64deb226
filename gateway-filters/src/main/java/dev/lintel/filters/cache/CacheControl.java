package dev.lintel.filters.cache;

import dev.lintel.request.HeaderSyntax;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The directives of {@code Cache-Control} that a shared cache goes by (RFC 9111 section 5.2). What can be read in two ways is read in
 * the safe one: directives with a list of fields hold of all of them, numbers that are none or contradict each other are zero (RFC 9111
 * section 4.2.1), and a list that is broken says {@code no-store}. Immutable.
 */
final class CacheControl {

    /** Of what has no number. */
    static final long ABSENT = -1;

    /** More seconds count as so many (RFC 9111 section 1.2.2). */
    static final long MOST = 1L << 31;

    /** Nothing said. */
    static final CacheControl NONE = new CacheControl();

    /** What is said without a number. */
    enum Flag {
        NO_STORE,
        NO_CACHE,
        PRIVATE,
        MUST_REVALIDATE,
        PROXY_REVALIDATE,
        ONLY_IF_CACHED
    }

    /** What is said with a number of seconds. */
    enum Seconds {
        MAX_AGE,
        S_MAXAGE,
        STALE_IF_ERROR,
        MIN_FRESH,
        MAX_STALE
    }

    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private final Map<Seconds, Long> seconds = new EnumMap<>(Seconds.class);

    private CacheControl() {}

    /** Reads the lines of the field. */
    static CacheControl parse(Iterable<String> lines) {
        CacheControl read = new CacheControl();
        boolean any = false;
        for (String line : lines) {
            any = true;
            read.line(line);
        }
        return any ? read : NONE;
    }

    boolean says(Flag flag) {
        return flags.contains(flag);
    }

    /** How many; {@link #ABSENT} for none. */
    long seconds(Seconds directive) {
        return seconds.getOrDefault(directive, ABSENT);
    }

    boolean has(Seconds directive) {
        return seconds(directive) != ABSENT;
    }

    /** Whether it may not be answered once it is stale, come what may (RFC 9111 section 4.2.4). */
    boolean forbidsStale() {
        return says(Flag.MUST_REVALIDATE)
                || says(Flag.PROXY_REVALIDATE)
                || says(Flag.NO_CACHE)
                || has(Seconds.S_MAXAGE);
    }

    private void line(String line) {
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                member(line.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (quoted) {
            flags.add(Flag.NO_STORE);
        }
        member(line.substring(start).strip());
    }

    private void member(String member) {
        int equals = member.indexOf('=');
        String name = equals < 0 ? member : member.substring(0, equals);
        String bare = name.strip().toLowerCase(Locale.ROOT);
        if (!member.isEmpty() && !HeaderSyntax.isName(bare)) {
            flags.add(Flag.NO_STORE);
        }
        // spaces around the sign are none of the grammar's, so what they stand beside counts for nothing
        String value = equals < 0 ? null : name.equals(name.strip()) ? member.substring(equals + 1) : "";
        switch (bare) {
            case "no-store" -> flags.add(Flag.NO_STORE);
            case "no-cache" -> flags.add(Flag.NO_CACHE);
            case "private" -> flags.add(Flag.PRIVATE);
            case "must-revalidate" -> flags.add(Flag.MUST_REVALIDATE);
            case "proxy-revalidate" -> flags.add(Flag.PROXY_REVALIDATE);
            case "only-if-cached" -> flags.add(Flag.ONLY_IF_CACHED);
            case "max-age" -> number(Seconds.MAX_AGE, value == null ? "" : value);
            case "s-maxage" -> number(Seconds.S_MAXAGE, value == null ? "" : value);
            case "stale-if-error" -> number(Seconds.STALE_IF_ERROR, value == null ? "" : value);
            case "min-fresh" -> number(Seconds.MIN_FRESH, value == null ? "" : value);
            case "max-stale" -> number(Seconds.MAX_STALE, value == null ? Long.toString(MOST) : value);
            default -> {}
        }
    }

    private void number(Seconds directive, String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        long read = Math.max(0, digits(quoted ? value.substring(1, value.length() - 1) : value));
        long before = seconds(directive);
        seconds.put(directive, before == ABSENT || before == read ? read : 0);
    }

    /** A number of digits alone, at most {@link #MOST}; negative for anything else. */
    static long digits(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = Math.min(MOST, number * 10 + digit);
        }
        return number;
    }
}
