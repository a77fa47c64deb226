package dev.lintel.filter;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at start which servlets of an application can be reached past its filters that authenticate. A servlet that they guard in
 * one place and not in another is most likely a mistake, and warned about; one that they guard nowhere may be meant to be open. Stateless.
 */
public final class UnguardedServlets {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticatingFilter.class);

    /** Where containers have their own servlets: for files and for pages. */
    private static final Set<String> CONTAINERS_OWN =
            Set.of("/", "*.jsp", "*.jspf", "*.jspx", "*.xsp", "*.JSP", "*.JSPF");

    private UnguardedServlets() {}

    /**
     * Tells of them, unless the filter is mounted in a gateway, which has routes instead.
     *
     * @param config what the filter was initialised with
     * @param type its class: what it is registered by, and what guards beside those that are {@link AuthenticatingFilter}s
     */
    public static void tell(FilterConfig config, Class<? extends Filter> type) {
        ServletContext context = config.getServletContext();
        @Nullable FilterRegistration own = context.getFilterRegistration(config.getFilterName());
        if (own == null || !type.getName().equals(own.getClassName())) {
            return;
        }
        List<FilterRegistration> guards = new ArrayList<>();
        for (FilterRegistration registration : context.getFilterRegistrations().values()) {
            if (authenticates(registration, type)) {
                guards.add(registration);
            }
        }
        TreeMap<String, Collection<String>> nowhere = new TreeMap<>();
        context.getServletRegistrations().forEach((name, servlet) -> {
            Collection<String> open = open(name, servlet, guards);
            if (open.isEmpty()) {
                return;
            }
            if (open.size() < servlet.getMappings().size()) {
                LOG.warn(
                        "{}: does not guard servlet {} at {} (expected: all of {} guarded, since it is reached there without a"
                                + " credential; map the filter to <servlet-name>{}</servlet-name>, or to those patterns too)",
                        config.getFilterName(),
                        name,
                        open,
                        new TreeSet<>(servlet.getMappings()),
                        name);
            } else if (!CONTAINERS_OWN.containsAll(open)) {
                nowhere.put(name, open);
            }
        });
        if (!nowhere.isEmpty()) {
            LOG.info("{}: servlets open to everybody beside what it guards: {}", config.getFilterName(), nowhere);
        }
    }

    private static boolean authenticates(FilterRegistration registration, Class<? extends Filter> type) {
        try {
            @Nullable String name = registration.getClassName();
            return name != null
                    && (name.equals(type.getName())
                            || AuthenticatingFilter.class.isAssignableFrom(
                                    Class.forName(name, false, type.getClassLoader())));
        } catch (ClassNotFoundException | LinkageError somebodyElses) {
            return false;
        }
    }

    /** The mappings of a servlet that no guard covers. */
    private static Collection<String> open(String name, ServletRegistration servlet, List<FilterRegistration> guards) {
        Set<String> open = new TreeSet<>(servlet.getMappings());
        for (FilterRegistration guard : guards) {
            Collection<String> names = guard.getServletNameMappings();
            if (names.contains(name) || names.contains("*")) {
                return Set.of();
            }
            for (String pattern : guard.getUrlPatternMappings()) {
                open.removeIf(mapping -> covers(pattern, mapping));
            }
        }
        return open;
    }

    /** Whether a filter's pattern takes in every path that a servlet's mapping does. */
    static boolean covers(String pattern, String mapping) {
        if (pattern.equals("/*") || pattern.equals(mapping)) {
            return true;
        }
        if (mapping.startsWith("*.") || mapping.isEmpty()) {
            return false;
        }
        if (pattern.startsWith("*.")) {
            return !mapping.endsWith("/*") && mapping.endsWith(pattern.substring(1));
        }
        if (!pattern.endsWith("/*")) {
            return false;
        }
        String prefix = pattern.substring(0, pattern.length() - 1);
        return mapping.startsWith(prefix) || (mapping + "/").equals(prefix);
    }
}
