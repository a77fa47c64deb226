package dev.lintel;

import dev.lintel.request.HeaderSelector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a filter tells a gateway about itself. Optional: a filter without it has no place and owns nothing. */
public interface FilterTraits {

    /** Where in the chain it belongs, or null if anywhere. */
    @Nullable
    Stage stage();

    /**
     * The request header fields that it writes. The gateway owns them all: on every route it removes those that come from
     * outside, in every spelling.
     */
    HeaderSelector ownedRequestHeaders();

    /**
     * The names, of header fields and of query parameters, under which it takes credentials. Whatever a URL has under one of
     * them stays out of logs, whether or not the filter has run: clients put keys where they do not belong, too.
     */
    default Set<String> credentialNames() {
        return Set.of();
    }

    /**
     * Whether it may answer without asking the filters behind it, with what it has kept. What may refuse a request belongs in front of such
     * a filter.
     */
    default boolean answersForOthers() {
        return false;
    }

    /**
     * Whether it can serve. A server tells balancers to wait until all of its filters can. Answers at once; called now and
     * then, on any thread.
     */
    default boolean isReady() {
        return true;
    }
}
