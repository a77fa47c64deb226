package dev.lintel.testing;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a filter is registered in a {@link WebApp}: for {@code /*}, REQUEST dispatches only and with
 * {@code async-supported}, unless told otherwise. Changed by its methods, then given to one {@link WebApp}.
 */
public final class FilterSetup {

    private final String name;
    private final @Nullable Filter instance;
    private final @Nullable Class<? extends Filter> type;
    private final Map<String, String> params = new LinkedHashMap<>();
    private String[] patterns = {"/*"};
    private EnumSet<DispatcherType> dispatchers = EnumSet.of(DispatcherType.REQUEST);
    private boolean async = true;

    private FilterSetup(String name, @Nullable Filter instance, @Nullable Class<? extends Filter> type) {
        this.name = name;
        this.instance = instance;
        this.type = type;
    }

    /** That filter, under that name. */
    public static FilterSetup of(String name, Filter instance) {
        return new FilterSetup(name, instance, null);
    }

    /** A filter that the container makes of that class. */
    public static FilterSetup of(String name, Class<? extends Filter> type) {
        return new FilterSetup(name, null, type);
    }

    /** Adds an init-param. */
    public FilterSetup param(String key, String value) {
        params.put(key, value);
        return this;
    }

    /** The URL patterns, in place of {@code /*}. */
    public FilterSetup patterns(String... urlPatterns) {
        patterns = urlPatterns;
        return this;
    }

    /** The dispatches it acts on, in place of REQUEST. */
    public FilterSetup dispatchers(DispatcherType first, DispatcherType... others) {
        dispatchers = EnumSet.of(first, others);
        return this;
    }

    /** Leaves {@code async-supported} out. */
    public FilterSetup withoutAsync() {
        async = false;
        return this;
    }

    void register(ServletContext context) {
        FilterRegistration.Dynamic registration =
                instance != null ? context.addFilter(name, instance) : context.addFilter(name, type);
        if (registration == null) {
            throw new IllegalArgumentException("filter name: " + name + " (expected: used once)");
        }
        registration.setInitParameters(params);
        registration.setAsyncSupported(async);
        registration.addMappingForUrlPatterns(dispatchers, true, patterns);
    }
}
