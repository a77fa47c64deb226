package dev.lintel.filter;

import dev.lintel.option.OptionCatalogue;

/**
 * What says what it can be told. All of Lintel's filters do; a {@code jakarta.servlet.Filter} of your own may, so that its options are
 * checked, completed and listed like theirs.
 */
public interface Described {

    /** What it can be told. Always the same, and known before it is configured. */
    OptionCatalogue catalogue();
}
