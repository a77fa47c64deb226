package dev.lintel;

import dev.lintel.request.HeaderSelector;
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
}
