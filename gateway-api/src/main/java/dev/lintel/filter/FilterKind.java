package dev.lintel.filter;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import jakarta.servlet.Filter;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kind of filters that can be made from texts, under a name such as {@code jwt}. Immutable and thread-safe. */
public final class FilterKind {

    private final OptionCatalogue catalogue;
    private final Class<? extends Filter> type;
    private final Function<OptionReader, ? extends @Nullable Filter> maker;

    private FilterKind(
            OptionCatalogue catalogue,
            Class<? extends Filter> type,
            Function<OptionReader, ? extends @Nullable Filter> maker) {
        this.catalogue = requireNonNull(catalogue, "catalogue");
        this.type = requireNonNull(type, "type");
        this.maker = requireNonNull(maker, "maker");
    }

    /**
     * A kind of Lintel's own way: its name and options are those of the catalogue of its filters.
     *
     * @param maker makes a filter without options, a new one each time
     */
    public static FilterKind of(Supplier<? extends LintelFilter> maker) {
        LintelFilter sample = maker.get();
        return new FilterKind(sample.catalogue(), sample.getClass(), options -> {
            LintelFilter filter = maker.get();
            return filter.configureNow(options) ? filter : null;
        });
    }

    /**
     * A kind of any way.
     *
     * @param catalogue its name and options
     * @param type the class of its filters
     * @param maker makes a filter, or notes problems and returns null
     */
    public static FilterKind of(
            OptionCatalogue catalogue,
            Class<? extends Filter> type,
            Function<OptionReader, ? extends @Nullable Filter> maker) {
        return new FilterKind(catalogue, type, maker);
    }

    /**
     * The kind of a class that somebody names. A {@link LintelFilter} reads its options when it is made. Any other filter is given them as
     * init-params when it is initialised, each as one text; those that it describes are checked before.
     *
     * @param className a class of filters with a public constructor without parameters
     * @param loader finds the class
     * @throws IllegalArgumentException if it is not such a class
     */
    public static FilterKind ofClass(String className, ClassLoader loader) {
        Supplier<Filter> maker = FilterClass.maker(className, loader);
        Filter sample = maker.get();
        if (sample instanceof LintelFilter) {
            return of(() -> (LintelFilter) maker.get());
        }
        OptionCatalogue catalogue = sample instanceof Described described
                ? described.catalogue()
                : OptionCatalogue.undescribed(sample.getClass().getSimpleName());
        return new FilterKind(
                catalogue, sample.getClass(), options -> FilterClass.make(maker.get(), catalogue, options));
    }

    /** What it is called in files; that of its catalogue. */
    public String name() {
        return catalogue.name();
    }

    /** The class of its filters. */
    public Class<? extends Filter> type() {
        return type;
    }

    /** What its filters can be told. */
    public OptionCatalogue catalogue() {
        return catalogue;
    }

    /** Whether its filters find out who is calling, so that they can stand in {@code anyOf}. */
    public boolean authenticates() {
        return AuthenticatingFilter.class.isAssignableFrom(type);
    }

    /**
     * Makes a filter from texts, as it would be if it were built in code.
     *
     * @param options what it is told; every problem is noted there, unknown names included
     * @return the filter, or null if there was a problem
     */
    public @Nullable Filter make(OptionReader options) {
        Filter filter = maker.apply(options);
        options.noteUnknown();
        return options.problems().isEmpty() ? filter : null;
    }

    /** Its name. */
    @Override
    public String toString() {
        return name();
    }
}
