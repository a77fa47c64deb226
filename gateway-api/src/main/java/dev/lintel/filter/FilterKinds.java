package dev.lintel.filter;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The kinds of filters that a library brings, found by {@link ServiceLoader}: name a class that implements this in
 * {@code META-INF/services/dev.lintel.filter.FilterKinds}, and files can name its filters as they name Lintel's own.
 */
public interface FilterKinds {

    /** The kinds, in the order in which they are listed. */
    List<FilterKind> kinds();

    /**
     * All kinds that there are, by name.
     *
     * @param loader finds the libraries
     * @throws GatewayException if a library cannot be used, or two bring the same name
     */
    static Map<String, FilterKind> installed(ClassLoader loader) {
        Map<String, FilterKind> installed = new LinkedHashMap<>();
        Problems problems = new Problems();
        try {
            for (FilterKinds library : ServiceLoader.load(FilterKinds.class, loader)) {
                for (FilterKind kind : library.kinds()) {
                    FilterKind before = installed.putIfAbsent(kind.name(), kind);
                    boolean first = before == null || before.type().equals(kind.type());
                    problems.require(first, kind.name(), kind.type().getName(), "another name than that of " + before);
                }
            }
        } catch (ServiceConfigurationError broken) {
            problems.add("filters", String.valueOf(broken.getMessage()), "libraries that can be used");
        }
        problems.throwIfAny("kinds of filters");
        return Collections.unmodifiableMap(installed);
    }
}
