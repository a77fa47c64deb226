package dev.lintel.option;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one thing can be told. Immutable and thread-safe.
 *
 * @param name what it is called in files, such as {@code jwt}
 * @param meaning one sentence, without its full stop
 * @param options the options, in the order in which they are listed; each name once
 * @param others what options of any other name are, such as the named filters of {@code anyOf}; null if there are no others
 */
public record OptionCatalogue(
        String name,
        String meaning,
        List<Option<?>> options,
        @Nullable Option<?> others) {

    /** Copies the list and checks that each name is there once. */
    public OptionCatalogue {
        requireNonNull(name, "name");
        requireNonNull(meaning, "meaning");
        options = List.copyOf(options);
        Set<String> names = new LinkedHashSet<>();
        for (Option<?> option : options) {
            if (!names.add(option.name())) {
                throw new IllegalArgumentException(
                        name + "." + option.name() + ": given twice (expected: each name once)");
            }
        }
    }

    /** A catalogue of these options alone. */
    public static OptionCatalogue of(String name, String meaning, Option<?>... options) {
        return new OptionCatalogue(name, meaning, List.of(options), null);
    }

    /** What does not say what it can be told: any option may be one of its. */
    public static OptionCatalogue undescribed(String name) {
        return new OptionCatalogue(
                name, "", List.of(), Option.of("option", new OptionType.Anything("text"), "whatever it asks for"));
    }

    /** The same with options of any other name. */
    public OptionCatalogue withOthers(Option<?> option) {
        return new OptionCatalogue(name, meaning, options, option);
    }

    /** The same with more options. */
    public OptionCatalogue with(Option<?>... more) {
        List<Option<?>> all = new java.util.ArrayList<>(options);
        all.addAll(List.of(more));
        return new OptionCatalogue(name, meaning, all, others);
    }

    /** Whether options are described. */
    public boolean isDescribed() {
        return !options.isEmpty() || others == null;
    }

    /** The option of a name. */
    public Optional<Option<?>> find(String option) {
        return options.stream().filter(known -> known.name().equals(option)).findFirst();
    }

    /** The names of the options. */
    public List<String> names() {
        return options.stream().<String>map(Option::name).toList();
    }

    /** The name that was probably meant by one that there is not; see {@link Names#nearest}. */
    public Optional<String> nearest(String unknown) {
        return Names.nearest(unknown, names());
    }
}
