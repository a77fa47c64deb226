package dev.lintel.filters.anyof;

import static java.util.Objects.requireNonNull;

import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One of the filters.
 *
 * @param name what it is called in messages
 * @param filter the filter
 * @param options its init-params; empty if it was built in code
 */
record Member(String name, AuthenticatingFilter filter, Map<String, String> options) {

    private static final String CLASS = "class";

    static Member of(AuthenticatingFilter filter) {
        requireNonNull(filter, "filter");
        return new Member(filter.getClass().getSimpleName(), filter, Map.of());
    }

    /** Those that init-params name: {@code filters}, then {@code name.class} and {@code name.option} for each. */
    static List<Member> read(OptionReader options) {
        List<Member> named = new ArrayList<>();
        List<String> names = options.list("filters");
        for (String name : new TreeSet<>(names)) {
            boolean usable = name.indexOf('.') < 0 && Collections.frequency(names, name) == 1;
            options.problems().require(usable, "filters", name, "different names without dots");
        }
        for (String name : names) {
            Map<String, String> part = new LinkedHashMap<>(options.part(name));
            AuthenticatingFilter filter = create(name, part.remove(CLASS), options.problems());
            if (filter != null) {
                named.add(new Member(name, filter, part));
            }
        }
        return named;
    }

    private static @Nullable AuthenticatingFilter create(String name, @Nullable String className, Problems problems) {
        String option = name + "." + CLASS;
        if (className == null) {
            problems.add(option, "missing", "the class of a filter");
            return null;
        }
        // the application's, as it is while its filters are initialised
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = application == null ? Member.class.getClassLoader() : application;
        try {
            Class<?> type = Class.forName(className.strip(), true, loader);
            return type.asSubclass(AuthenticatingFilter.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError unusable) {
            problems.add(option, className, "an AuthenticatingFilter with a public constructor without parameters");
            return null;
        }
    }

    FilterConfig config(ServletContext context) {
        return new Config(this, context);
    }

    /** What the filter is initialised with: its own options alone. */
    private record Config(Member member, ServletContext context) implements FilterConfig {
        @Override
        public String getFilterName() {
            return member.name();
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }

        @Override
        public @Nullable String getInitParameter(String option) {
            return member.options().get(option);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(member.options().keySet());
        }
    }

    /** Nothing of the options: one of them may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}
