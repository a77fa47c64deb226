package dev.lintel;

import dev.lintel.identity.IdentityHeaders;
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
