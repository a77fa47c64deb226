package dev.lintel;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.Filter;
import java.util.List;

/** Finds the request header fields that belong to a gateway. */
final class HeaderOwnership {

    private HeaderOwnership() {}

    static HeaderSelector union(IdentityHeaders identity, List<Filter> filters, List<Route> routes) {
        HeaderSelector all = identity.selector().or(of(filters));
        for (Route route : routes) {
            all = all.or(of(route.filters()));
        }
        return all;
    }

    /** Checks that no filter that changes requests writes the caller's identity, which filters that verify it do. */
    static void checkIdentity(IdentityHeaders identity, List<Filter> filters, List<Route> routes, Problems problems) {
        check("filters", identity, filters, problems);
        routes.forEach(route -> check("routes." + route.name() + ".filter", identity, route.filters(), problems));
    }

    private static void check(String option, IdentityHeaders identity, List<Filter> filters, Problems problems) {
        for (Filter filter : filters) {
            if (!(filter instanceof FilterTraits traits) || traits.stage() != Stage.TRANSFORM) {
                continue;
            }
            HeaderSelector owned = traits.ownedRequestHeaders();
            boolean writes = owned.matches(identity.userId()) || owned.matches(identity.userRole());
            problems.require(
                    !writes,
                    option,
                    filter.getClass().getSimpleName() + " writes " + identity.userId() + " or " + identity.userRole(),
                    "written by filters that verify who is calling");
        }
    }

    private static HeaderSelector of(List<Filter> filters) {
        HeaderSelector all = HeaderSelector.none();
        for (Filter filter : filters) {
            if (filter instanceof FilterTraits traits) {
                all = all.or(traits.ownedRequestHeaders());
            }
        }
        return all;
    }
}
