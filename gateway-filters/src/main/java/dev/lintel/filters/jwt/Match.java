package dev.lintel.filters.jwt;

import java.util.Collection;
import java.util.List;

/** How many of the required scopes, and of the required roles, a caller must have. */
public enum Match {
    /** One of the scopes, if any are required, and one of the roles, if any are required. */
    ANY,
    /** Every scope and every role. */
    ALL;

    boolean isMetBy(Collection<String> granted, List<String> required) {
        if (required.isEmpty()) {
            return true;
        }
        return this == ALL ? granted.containsAll(required) : required.stream().anyMatch(granted::contains);
    }
}
