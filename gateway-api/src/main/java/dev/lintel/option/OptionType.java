package dev.lintel.option;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What an option's values are: one value written as a text, several of them, parts with names, or a group of options. Immutable
 * and thread-safe.
 *
 * @param <T> what is read
 */
public sealed interface OptionType<T>
        permits ScalarType,
                OptionType.Items,
                OptionType.Named,
                OptionType.ListOrNamed,
                OptionType.Group,
                OptionType.Anything {

    /** The type in one or two words, for tables: {@code duration}, {@code list of addresses}. */
    String word();

    /**
     * Several values: a list in a file; in an init-param one text with commas between, if the values are texts.
     *
     * @param item what each is
     * @param <I> what is read of each
     */
    record Items<I>(OptionType<I> item) implements OptionType<List<I>> {
        /** Checks that there is an item. */
        public Items {
            requireNonNull(item, "item");
        }

        @Override
        public String word() {
            return "list of " + item.word();
        }
    }

    /**
     * Parts with names that the user chooses: a map in a file, {@code option.name} in init-params.
     *
     * @param what what the names are, for tables: {@code field} makes {@code set.<field>}
     * @param item what each part is
     * @param <I> what is read of each
     */
    record Named<I>(String what, OptionType<I> item) implements OptionType<Map<String, I>> {
        /** Checks that there is an item. */
        public Named {
            requireNonNull(what, "what");
            requireNonNull(item, "item");
        }

        @Override
        public String word() {
            return item.word();
        }
    }

    /**
     * Several values in a short form, or parts with names in a long one: in a file a list or a map, in init-params both beside each
     * other.
     *
     * @param list the short form
     * @param named the long form
     * @param <I> what is read of each item of the list
     * @param <J> what is read of each part
     */
    record ListOrNamed<I, J>(Items<I> list, Named<J> named) implements OptionType<Entries<I, J>> {
        /** Checks that there are both. */
        public ListOrNamed {
            requireNonNull(list, "list");
            requireNonNull(named, "named");
        }

        @Override
        public String word() {
            return list.word();
        }
    }

    /**
     * What is given of a {@link ListOrNamed}.
     *
     * @param list in the short form
     * @param named in the long form, in order
     */
    record Entries<I, J>(List<I> list, Map<String, J> named) {}

    /**
     * Options that belong together: a map in a file, {@code option.part} in init-params.
     *
     * @param catalogue the options
     */
    record Group(OptionCatalogue catalogue) implements OptionType<OptionReader> {
        /** Checks that there is a catalogue. */
        public Group {
            requireNonNull(catalogue, "catalogue");
        }

        @Override
        public String word() {
            return "options";
        }
    }

    /**
     * Options of something that describes itself elsewhere; a reader over whatever was given.
     *
     * @param word for tables
     */
    record Anything(String word) implements OptionType<OptionReader> {}
}
