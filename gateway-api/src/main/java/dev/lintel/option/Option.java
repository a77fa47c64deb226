package dev.lintel.option;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something that a filter, a route, an upstream or a server can be told: its name, type, rule, default and meaning, said once. Builder
 * methods, init-params, keys of {@code gateway.yaml}, its schema and the tables of the docs go by it. Immutable and thread-safe.
 *
 * @param <T> what its values are
 */
public final class Option<T> {

    /** For durations without an upper bound: what nanoseconds can count, 292 years. */
    public static final Duration LONGEST = ScalarType.Time.LONGEST;

    private static final String HIDDEN = "not shown";

    private final String name;
    private final OptionType<T> type;
    private final String meaning;
    private final @Nullable T otherwise;
    private final @Nullable String otherwiseInWords;
    private final boolean required;
    private final boolean secret;
    private final List<String> inCode;

    private Option(
            String name,
            OptionType<T> type,
            String meaning,
            @Nullable T otherwise,
            @Nullable String otherwiseInWords,
            boolean required,
            boolean secret,
            List<String> inCode) {
        this.name = requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.meaning = requireNonNull(meaning, "meaning");
        this.otherwise = otherwise;
        this.otherwiseInWords = otherwiseInWords;
        this.required = required;
        this.secret = secret;
        this.inCode = List.copyOf(inCode);
    }

    /**
     * An option of any type.
     *
     * @param name as in code, files and init-params
     * @param meaning one sentence for tables and editors, without its full stop
     */
    public static <T> Option<T> of(String name, OptionType<T> type, String meaning) {
        return new Option<>(name, type, meaning, null, null, false, false, List.of(name));
    }

    /** Any text. */
    public static Option<String> text(String name, String meaning) {
        return text(name, "text", "a text", any -> true, meaning);
    }

    /**
     * A text that keeps a rule.
     *
     * @param word the type for tables, such as {@code field name}
     * @param rule in words, for messages
     * @param allowed the rule
     */
    public static Option<String> text(
            String name, String word, String rule, Predicate<String> allowed, String meaning) {
        return of(name, new ScalarType.Text(word, rule, allowed), meaning);
    }

    /** One of certain texts, to the letter. */
    public static Option<String> words(String name, List<String> words, String meaning) {
        return of(name, new ScalarType.Words(words), meaning);
    }

    /** Texts of any kind. */
    public static Option<List<String>> list(String name, String meaning) {
        return list(name, "texts", "a text", any -> true, meaning);
    }

    /**
     * Texts that keep a rule, each.
     *
     * @param word what they are, for tables: {@code addresses and networks}
     * @param rule in words, for messages
     * @param allowed the rule
     */
    public static Option<List<String>> list(
            String name, String word, String rule, Predicate<String> allowed, String meaning) {
        return of(name, new OptionType.Items<>(new ScalarType.Text(word, rule, allowed)), meaning)
                .or(List.of())
                .orInWords("none");
    }

    /** True or false. */
    public static Option<Boolean> flag(String name, boolean otherwise, String meaning) {
        return of(name, new ScalarType.Flag(), meaning).or(otherwise);
    }

    /** A whole number from one to another. */
    public static Option<Long> number(String name, long least, long most, String meaning) {
        return of(name, new ScalarType.Whole(least, most), meaning);
    }

    /** A duration of any length. */
    public static Option<Duration> duration(String name, String meaning) {
        return duration(name, Duration.ZERO, LONGEST, meaning);
    }

    /** A duration from one to another. */
    public static Option<Duration> duration(String name, Duration least, Duration most, String meaning) {
        return of(name, new ScalarType.Time(least, most, false, Duration.ofNanos(1)), meaning);
    }

    /** A duration from one to another, or zero for none. */
    public static Option<Duration> durationOrZero(String name, Duration least, Duration most, String meaning) {
        return of(name, new ScalarType.Time(least, most, true, Duration.ofNanos(1)), meaning);
    }

    /** A duration of whole seconds from one to another. */
    public static Option<Duration> seconds(String name, Duration least, Duration most, String meaning) {
        return of(name, new ScalarType.Time(least, most, false, Duration.ofSeconds(1)), meaning);
    }

    /** A number of bytes from one to another. */
    public static Option<Long> size(String name, long least, long most, String meaning) {
        return of(name, new ScalarType.Size(least, most, false), meaning);
    }

    /** A number of bytes from one to another, or zero for none. */
    public static Option<Long> sizeOrZero(String name, long least, long most, String meaning) {
        return of(name, new ScalarType.Size(least, most, true), meaning);
    }

    /** One of an enum's constants. */
    public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type, String meaning) {
        return of(name, new ScalarType.Choice<>(type), meaning);
    }

    /** The path of a file. */
    public static Option<Path> file(String name, String meaning) {
        return of(name, new ScalarType.File(), meaning);
    }

    /** A point in time. */
    public static Option<Instant> instant(String name, String meaning) {
        return of(name, new ScalarType.Moment(), meaning);
    }

    /** Texts with names that the user chooses; see {@link OptionType.Named}. */
    public static Option<Map<String, String>> texts(String name, String what, String word, String meaning) {
        OptionType<String> text = new ScalarType.Text(word, "a text", any -> true);
        return of(name, new OptionType.Named<>(what, text), meaning)
                .or(Map.of())
                .orInWords("none");
    }

    /** Options that belong together. */
    public static Option<OptionReader> group(String name, OptionCatalogue catalogue, String meaning) {
        return of(name, new OptionType.Group(catalogue), meaning);
    }

    /** The same with a default. */
    public Option<T> or(T value) {
        return new Option<>(name, type, meaning, value, otherwiseInWords, required, secret, inCode);
    }

    /** The same with words for what holds if it is not given, where no value says it. */
    public Option<T> orInWords(String words) {
        return new Option<>(name, type, meaning, otherwise, words, required, secret, inCode);
    }

    /** The same, to be given always. */
    public Option<T> required() {
        return new Option<>(name, type, meaning, otherwise, otherwiseInWords, true, secret, inCode);
    }

    /** The same, with values that are never shown. */
    public Option<T> secret() {
        return new Option<>(name, type, meaning, otherwise, otherwiseInWords, required, true, inCode);
    }

    /** The same, by builder methods of other names. */
    public Option<T> inCode(String... methods) {
        return new Option<>(name, type, meaning, otherwise, otherwiseInWords, required, secret, List.of(methods));
    }

    /** Its name in code, files and init-params. */
    public String name() {
        return name;
    }

    /** What its values are. */
    public OptionType<T> type() {
        return type;
    }

    /** One sentence, without its full stop. */
    public String meaning() {
        return meaning;
    }

    /** The default, if a value says it. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(otherwise);
    }

    /**
     * The default.
     *
     * @throws IllegalStateException if there is none
     */
    public T otherwise() {
        if (otherwise == null) {
            throw new IllegalStateException(name + ": no default (expected: an option that has one)");
        }
        return otherwise;
    }

    /** The default as a user would write it, or in words; empty if there is none. */
    public String defaultText() {
        if (otherwiseInWords != null) {
            return otherwiseInWords;
        }
        return otherwise == null ? "" : show(otherwise);
    }

    /** Whether {@link #defaultText} is in words, not a value. */
    public boolean isDefaultInWords() {
        return otherwiseInWords != null;
    }

    /** Whether it must be given. */
    public boolean isRequired() {
        return required;
    }

    /** Whether its values are never shown. */
    public boolean isSecret() {
        return secret;
    }

    /** The builder methods that set it; mostly one of its own name. */
    public List<String> builderMethods() {
        return inCode;
    }

    /**
     * Notes a problem unless a value keeps the rule of this option.
     *
     * @param value the value of the option, in code or as read
     * @param problems where it is noted
     * @return whether it does
     */
    public boolean check(T value, Problems problems) {
        if (type instanceof ScalarType<T> scalar) {
            return check(scalar, value, problems);
        }
        return !(type instanceof OptionType.Items<?> items && value instanceof List<?> list)
                || checkItems(items, list, problems);
    }

    /** What a message may show of a value: no secret, and nothing that breaks its line. */
    String shown(String text) {
        return secret || text.chars().anyMatch(Character::isISOControl) ? HIDDEN : text;
    }

    private <V> boolean check(ScalarType<V> scalar, V value, Problems problems) {
        boolean right = scalar.admits(value);
        problems.require(right, name, shown(scalar.show(value)), scalar.rule());
        return right;
    }

    @SuppressWarnings("unchecked") // the items of a list option are of its item type
    private <V> boolean checkItems(OptionType.Items<V> items, List<?> list, Problems problems) {
        boolean right = true;
        if (items.item() instanceof ScalarType<V> scalar) {
            for (Object item : list) {
                right &= check(scalar, (V) item, problems);
            }
        }
        return right;
    }

    private String show(T value) {
        if (type instanceof ScalarType<T> scalar) {
            return scalar.show(value);
        }
        if (value instanceof List<?> list) {
            return String.join(", ", list.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
