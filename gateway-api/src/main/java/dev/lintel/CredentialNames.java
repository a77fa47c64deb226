package dev.lintel;

import jakarta.servlet.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the names under which the filters of a gateway take credentials. */
final class CredentialNames {

    private CredentialNames() {}

    static Set<String> union(List<Filter> filters, List<Route> routes) {
        Set<String> all = new HashSet<>();
        add(filters, all);
        routes.forEach(route -> add(route.filters(), all));
        return all;
    }

    private static void add(List<Filter> filters, Set<String> all) {
        for (Filter filter : filters) {
            if (filter instanceof FilterTraits traits) {
                all.addAll(traits.credentialNames());
            }
        }
    }
}
