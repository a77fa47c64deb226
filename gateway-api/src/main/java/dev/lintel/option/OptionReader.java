package dev.lintel.option;

import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Typed reading of options given as text, by init-params or by a file. Notes every problem instead of throwing at the first;
 * {@link #finish} reports them together, unknown names included. Not thread-safe.
 */
public final class OptionReader {

    private final Map<String, Object> values;
    private final boolean commas;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private final Problems problems;

    private OptionReader(Map<String, Object> values, boolean commas, Problems problems) {
        this.values = values;
        this.commas = commas;
        this.problems = problems;
    }

    /**
     * Reads from a filter's init-params. Lists are texts with commas between their parts.
     *
     * @param config the filter's configuration
     * @return a reader over all of its init-params
     */
    public static OptionReader of(FilterConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : Collections.list(config.getInitParameterNames())) {
            values.put(name, config.getInitParameter(name));
        }
        return new OptionReader(values, true, new Problems());
    }

    /**
     * Reads from texts, as init-params are.
     *
     * @param values option names and their texts; copied
     * @return a reader over them
     */
    public static OptionReader of(Map<String, String> values) {
        return new OptionReader(new LinkedHashMap<>(values), true, new Problems());
    }

    /**
     * Reads from what a file says. A comma in a text is a comma there.
     *
     * @param values option names and what they are: a text, a list, a map of the same, or null for an empty text; copied
     * @return a reader over them, in which the part {@code b} of {@code a} is {@code a.b}
     */
    public static OptionReader ofTree(Map<String, ?> values) {
        return new OptionReader(OptionTree.flat(values), false, new Problems());
    }

    /**
     * The value of an option, or its default if it is not given or wrong.
     *
     * @throws IllegalStateException if the option has no default
     */
    public <T> T value(Option<T> option) {
        return given(option).orElseGet(option::otherwise);
    }

    /** The value of an option; empty if it is not given, or wrong, which is noted. */
    public <T> Optional<T> given(Option<T> option) {
        return read(option.name(), option, option.type());
    }

    /** Whether an option is given, right or wrong. */
    public boolean has(Option<?> option) {
        return values.containsKey(option.name())
                || OptionTree.has(option.name(), values)
                || !OptionTree.items(option.name(), values).isEmpty();
    }

    /** The names of the parts that are given, each with a dot after it, in their order. */
    public List<String> parts() {
        return values.keySet().stream()
                .filter(name -> name.indexOf('.') > 0)
                .map(OptionTree::first)
                .distinct()
                .toList();
    }

    /** The options of a part, to be read by themselves; its problems are noted here too, and the part counts as known. */
    public OptionReader under(String part) {
        values.keySet().stream().filter(name -> name.startsWith(part + ".")).forEach(known::add);
        return new OptionReader(OptionTree.under(part, values), commas, problems.under(part));
    }

    @SuppressWarnings("unchecked") // each type says what it reads
    private <T> Optional<T> read(String name, Option<?> option, OptionType<T> type) {
        if (type instanceof ScalarType<T> scalar) {
            return scalar(name, option, scalar);
        }
        if (type instanceof OptionType.Items<?> items) {
            return (Optional<T>) items(name, option, items);
        }
        if (type instanceof OptionType.Named<?> named) {
            problems.require(!values.containsKey(name), name, "one value", "parts, each with its name");
            return (Optional<T>) named(name, option, named);
        }
        if (type instanceof OptionType.ListOrNamed<?, ?> both) {
            return (Optional<T>) entries(name, option, both);
        }
        known.add(name);
        problems.require(!values.containsKey(name), name, "one value", "options, each with its name");
        return OptionTree.has(name, values) ? (Optional<T>) Optional.of(under(name)) : Optional.empty();
    }

    private <T> Optional<T> scalar(String name, Option<?> option, ScalarType<T> type) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return scalar(name, option, type, text.get());
    }

    private <T> Optional<T> scalar(String name, Option<?> option, ScalarType<T> type, String text) {
        Optional<T> value = type.parse(text).filter(type::admits);
        problems.require(value.isPresent(), name, option.shown(text), type.rule());
        return value;
    }

    private <T> Optional<List<T>> items(String name, Option<?> option, OptionType.Items<T> type) {
        List<T> items = new ArrayList<>();
        if (type.item() instanceof ScalarType<T> scalar && values.containsKey(name)) {
            list(name).forEach(text -> scalar(name, option, scalar, text).ifPresent(items::add));
            return Optional.of(items);
        }
        known.add(name);
        List<Integer> given = OptionTree.items(name, values);
        given.forEach(i -> read(name + "[" + i + "]", option, type.item()).ifPresent(items::add));
        return given.isEmpty() ? Optional.empty() : Optional.of(items);
    }

    private <T> Optional<Map<String, T>> named(String name, Option<?> option, OptionType.Named<T> type) {
        known.add(name);
        Map<String, T> parts = new LinkedHashMap<>();
        // the name of a part may have dots if what it names is one value: names of header fields do
        boolean single = type.item() instanceof ScalarType;
        List<String> names =
                single ? List.copyOf(OptionTree.under(name, values).keySet()) : OptionTree.parts(name, values);
        for (String part : names) {
            read(name + "." + part, option, type.item()).ifPresent(value -> parts.put(part, value));
        }
        known.add(name + ".");
        return OptionTree.has(name, values) ? Optional.of(parts) : Optional.empty();
    }

    private <I, J> Optional<OptionType.Entries<I, J>> entries(
            String name, Option<?> option, OptionType.ListOrNamed<I, J> type) {
        Optional<List<I>> list = items(name, option, type.list());
        Optional<Map<String, J>> named = named(name, option, type.named());
        return list.isEmpty() && named.isEmpty()
                ? Optional.empty()
                : Optional.of(new OptionType.Entries<>(list.orElse(List.of()), named.orElse(Map.of())));
    }

    /** The text of an option, stripped of surrounding white space; empty if it is not set. */
    public Optional<String> text(String name) {
        known.add(name);
        Object value = values.get(name);
        problems.require(!(value instanceof List), name, "a list", "one value");
        return value instanceof String text ? Optional.of(text.strip()) : Optional.empty();
    }

    /** The text of an option, or a default. */
    public String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    /**
     * The items of a list; of a text the comma-separated parts, stripped, without empty ones. A text of a file is one item. Empty if
     * it is not set.
     */
    public List<String> list(String name) {
        known.add(name);
        Object value = values.get(name);
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).map(String::strip).toList();
        }
        return value == null ? List.of() : parts(value.toString());
    }

    private List<String> parts(String text) {
        return Stream.of(commas ? text.split(",", -1) : new String[] {text})
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
        values.forEach((option, value) -> {
            if (option.startsWith(name + ".")) {
                known.add(option);
                part.put(
                        option.substring(name.length() + 1),
                        value instanceof List<?> items
                                ? String.join(
                                        ",", items.stream().map(String::valueOf).toList())
                                : value.toString());
            }
        });
        return part;
    }

    /**
     * Everything that is given, as init-params would say it, for a filter that reads those; it counts as known. A list with an item that
     * has a comma cannot be told so, which is a problem.
     */
    public Map<String, String> params() {
        Map<String, String> params = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            known.add(name);
            if (value instanceof List<?> items) {
                List<String> texts = items.stream().map(String::valueOf).toList();
                boolean plain = texts.stream().allMatch(text -> text.indexOf(',') < 0);
                problems.require(plain, name, "an item with a comma", "items without commas");
                params.put(name, String.join(",", texts));
            } else if (!name.endsWith(".")) {
                params.put(name, value.toString());
            }
        });
        return params;
    }

    /** {@code true} or {@code false}, or a default. */
    public boolean flag(String name, boolean otherwise) {
        return value(Option.flag(name, otherwise, ""));
    }

    /** A whole number within a range, or a default. */
    public long number(String name, long otherwise, long least, long most) {
        return value(Option.number(name, least, most, "").or(otherwise));
    }

    /** A duration such as {@code 500ms}, {@code 10s} or {@code 1m}, or a default. */
    public Duration duration(String name, Duration otherwise) {
        return value(Option.duration(name, "").or(otherwise));
    }

    /** A size in bytes such as {@code 512}, {@code 10KiB} or {@code 1MiB}, or a default. */
    public long size(String name, long otherwise) {
        return value(Option.size(name, 0, Long.MAX_VALUE, "").or(otherwise));
    }

    /** One of an enum's constants, written in any case and with {@code -} for {@code _}, or a default. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        return value(Option.choice(name, type, "").or(otherwise));
    }

    /** Where a reader of a more special kind notes what it finds wrong. */
    public Problems problems() {
        return problems;
    }

    /** Notes every name that was given but never asked for, each once however often this is called. */
    public void noteUnknown() {
        List<String> names = known.stream().filter(name -> !name.endsWith(".")).toList();
        for (String name : values.keySet()) {
            if (!isKnown(name) && unknown.add(name)) {
                // the value is not shown: under a mistyped name it may well be a secret
                problems.add(name, "unknown option", expected(name, names));
            }
        }
    }

    /**
     * Ends the reading: every name that was given but never asked for is a problem.
     *
     * @param subject what is being built, for the message
     * @throws GatewayException with all problems, if there are any
     */
    public void finish(String subject) {
        noteUnknown();
        problems.throwIfAny(subject);
    }

    private boolean isKnown(String name) {
        return known.contains(name) || known.contains(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    private static String expected(String name, List<String> known) {
        if (known.isEmpty()) {
            return "no options";
        }
        String all = "one of " + String.join(", ", known);
        return Names.nearest(name, known).map(near -> near + "? " + all).orElse(all);
    }
}
