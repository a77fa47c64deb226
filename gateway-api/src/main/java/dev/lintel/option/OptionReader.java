package dev.lintel.option;

import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Typed reading of options given as text, as init-params are. Notes every problem instead of throwing at the first;
 * {@link #finish} reports them together, unknown names included. Not thread-safe.
 */
public final class OptionReader {

    private final Map<String, String> values;
    private final Set<String> known = new LinkedHashSet<>();
    private final Problems problems = new Problems();

    private OptionReader(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads from a filter's init-params.
     *
     * @param config the filter's configuration
     * @return a reader over all of its init-params
     */
    public static OptionReader of(FilterConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : Collections.list(config.getInitParameterNames())) {
            values.put(name, config.getInitParameter(name));
        }
        return new OptionReader(values);
    }

    /**
     * Reads from a map.
     *
     * @param values option names and their texts; copied
     * @return a reader over them
     */
    public static OptionReader of(Map<String, String> values) {
        return new OptionReader(new LinkedHashMap<>(values));
    }

    /** The text of an option, stripped of surrounding white space; empty if it is not set. */
    public Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).map(String::strip);
    }

    /** The text of an option, or a default. */
    public String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    /** The comma-separated parts of an option, stripped, without empty ones; an empty list if it is not set. */
    public List<String> list(String name) {
        return text(name).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * The options of a part: those whose names begin with its name and a dot, without these. For whoever reads the part to
     * judge; here they count as known.
     */
    public Map<String, String> part(String name) {
        Map<String, String> part = new LinkedHashMap<>();
        values.forEach((option, text) -> {
            if (option.startsWith(name + ".")) {
                known.add(option);
                part.put(option.substring(name.length() + 1), text);
            }
        });
        return part;
    }

    /** {@code true} or {@code false}, or a default. */
    public boolean flag(String name, boolean otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        problems.require(text.get().equals("true") || text.get().equals("false"), name, text.get(), "true or false");
        return text.get().equals("true");
    }

    /** A whole number within a range, or a default. */
    public long number(String name, long otherwise, long least, long most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (isWholeNumber(text.get())) {
            try {
                long number = Long.parseLong(text.get());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException tooLong) {
                // told below, in the same words as a number out of range
            }
        }
        problems.add(name, text.get(), "a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** A duration such as {@code 500ms}, {@code 10s} or {@code 1m}, or a default. */
    public Duration duration(String name, Duration otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<Duration> duration = Units.duration(text.get());
        problems.require(duration.isPresent(), name, text.get(), "a duration such as 500ms, 10s, 1m, 2h or 1d");
        return duration.orElse(otherwise);
    }

    /** A size in bytes such as {@code 512}, {@code 10KiB} or {@code 1MiB}, or a default. */
    public long size(String name, long otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<Long> size = Units.size(text.get());
        problems.require(size.isPresent(), name, text.get(), "a size such as 512, 10KiB, 1MiB or 1GiB");
        return size.orElse(otherwise);
    }

    /** One of an enum's constants, written in any case and with {@code -} for {@code _}, or a default. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Set<E> constants = EnumSet.allOf(type);
        for (E constant : constants) {
            if (word(constant).equals(text.get().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        problems.add(
                name,
                text.get(),
                "one of " + constants.stream().map(OptionReader::word).collect(Collectors.joining(", ")));
        return otherwise;
    }

    /** Where a reader of a more special kind notes what it finds wrong. */
    public Problems problems() {
        return problems;
    }

    /**
     * Ends the reading: every name that was given but never asked for is a problem.
     *
     * @param subject what is being built, for the message
     * @throws GatewayException with all problems, if there are any
     */
    public void finish(String subject) {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                // the value is not shown: under a mistyped name it may well be a secret
                problems.add(
                        entry.getKey(),
                        "unknown option",
                        known.isEmpty() ? "no options" : "one of " + String.join(", ", known));
            }
        }
        problems.throwIfAny(subject);
    }

    /** Digits with at most a minus: the platform would take a plus and the digits of every script as well. */
    private static boolean isWholeNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        return text.length() > from && text.substring(from).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
