package dev.lintel;

import dev.lintel.request.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query text of a request: as received, as it is logged, and as destinations get it. Confined to its request. */
final class ExchangeQuery {

    private final @Nullable String received;
    private @Nullable String shown;
    private @Nullable String routed;
    private List<String> hidden = List.of();

    ExchangeQuery(@Nullable String received) {
        this.received = received;
        this.shown = received;
        this.routed = received;
    }

    @Nullable
    String received() {
        return received;
    }

    /** What was received, without what is hidden. */
    @Nullable
    String shown() {
        return shown;
    }

    /** What goes with the path that is routed, without what is hidden. */
    @Nullable
    String routed() {
        return routed;
    }

    List<String> hidden() {
        return hidden;
    }

    void hide(String name) {
        if (!hidden.contains(name)) {
            List<String> names = new ArrayList<>(hidden);
            names.add(name);
            hidden = names;
        }
        shown = QueryParameters.without(shown, name);
        routed = QueryParameters.without(routed, name);
    }

    /** Takes the query of a request that was forwarded. */
    void routeBy(@Nullable String query) {
        routed = query;
        for (String name : hidden) {
            routed = QueryParameters.without(routed, name);
        }
    }
}
