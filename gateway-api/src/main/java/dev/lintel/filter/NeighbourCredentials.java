package dev.lintel.filter;

import dev.lintel.ExchangeSettings;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names under which any of Lintel's filters in one application takes credentials. It is all that filters outside a gateway
 * know of each other, so that a log keeps out what belongs to a filter that a request never reached. Thread-safe.
 */
final class NeighbourCredentials {

    private static final String ATTRIBUTE = "dev.lintel.credentialNames";

    private static final NeighbourCredentials NONE = new NeighbourCredentials(Set.of());

    /** Grows while filters are initialised, in an order that is the container's. */
    private final Set<String> names;

    private NeighbourCredentials(Set<String> names) {
        this.names = names;
    }

    /** None at all. */
    static NeighbourCredentials none() {
        return NONE;
    }

    /** Those of an application, to which one more filter adds its own. */
    static NeighbourCredentials join(ServletContext context, Set<String> own) {
        Set<String> shared = of(context);
        shared.addAll(own);
        return new NeighbourCredentials(shared);
    }

    @SuppressWarnings("unchecked") // nobody else has this attribute
    private static synchronized Set<String> of(ServletContext context) {
        Object before = context.getAttribute(ATTRIBUTE);
        Set<String> shared = before == null ? ConcurrentHashMap.newKeySet() : (Set<String>) before;
        context.setAttribute(ATTRIBUTE, shared);
        return shared;
    }

    /** The settings with these names; the same ones if they have them already. */
    ExchangeSettings in(ExchangeSettings settings) {
        return settings.credentialNames().size() == names.size() ? settings : settings.withCredentialNames(names);
    }
}
