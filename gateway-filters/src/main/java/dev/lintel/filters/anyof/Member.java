package dev.lintel.filters.anyof;

import static java.util.Objects.requireNonNull;

import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One of the filters.
 *
 * @param name what it is called in messages
 * @param filter the filter, which knows its options
 */
record Member(String name, AuthenticatingFilter filter) {

    private static final String CLASS = "class";

    static Member of(AuthenticatingFilter filter) {
        requireNonNull(filter, "filter");
        return new Member(filter.getClass().getSimpleName(), filter);
    }

    /** Those that options name: {@code filters}, then {@code name.class} and {@code name.option} for each. */
    static List<Member> read(OptionReader options) {
        List<Member> named = new ArrayList<>();
        List<String> given = options.value(AnyOfCatalogue.FILTERS);
        // a member's name stands before a dot; an option of any other name is none that there is
        List<String> names = given.isEmpty() ? options.parts() : given;
        for (String name : new TreeSet<>(names)) {
            options.problems()
                    .require(Collections.frequency(names, name) == 1, "filters", name, "different names without dots");
        }
        // the application's, as it is while its filters are initialised
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = application == null ? Member.class.getClassLoader() : application;
        for (String name : new LinkedHashSet<>(names)) {
            AuthenticatingFilter filter = create(name, options.under(name), options.problems(), loader);
            if (filter != null) {
                named.add(new Member(name, filter));
            }
        }
        return named;
    }

    private static @Nullable AuthenticatingFilter create(
            String name, OptionReader options, Problems problems, ClassLoader loader) {
        String className = options.text(CLASS).orElse(null);
        FilterKind kind;
        if (className == null) {
            kind = FilterKinds.installed(loader).get(name);
            if (kind == null || !kind.authenticates()) {
                problems.add(name + "." + CLASS, "missing", "the class of a filter");
                return null;
            }
        } else {
            kind = ofClass(className, loader);
            if (kind == null) {
                problems.add(
                        name + "." + CLASS,
                        className,
                        "an AuthenticatingFilter with a public constructor without parameters");
                return null;
            }
        }
        return (AuthenticatingFilter) kind.make(options);
    }

    private static @Nullable FilterKind ofClass(String className, ClassLoader loader) {
        try {
            FilterKind kind = FilterKind.ofClass(className, loader);
            return kind.authenticates() ? kind : null;
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }

    FilterConfig config(ServletContext context) {
        return new Config(this, context);
    }

    /** What the filter is initialised with: nothing, since it knows its options. */
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
            return null;
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.emptyEnumeration();
        }
    }

    /** Nothing of the options: one of them may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}
