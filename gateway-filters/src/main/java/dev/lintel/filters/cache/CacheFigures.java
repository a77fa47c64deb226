package dev.lintel.filters.cache;

import dev.lintel.filters.cache.ResponseStore.Outcome;
import dev.lintel.measure.Measures;
import java.util.Locale;

/** What a cache tells of itself to whoever keeps metrics. */
final class CacheFigures {

    private CacheFigures() {}

    static void tell(ResponseStore store, Measures measures) {
        for (Outcome outcome : Outcome.values()) {
            measures.counter(
                    "gateway.cache.requests",
                    "Requests by what the cache had to do with them.",
                    (double) store.counted(outcome),
                    "result",
                    outcome.name().toLowerCase(Locale.ROOT));
        }
        measures.counter("gateway.cache.stored", "Answers that were kept.", (double) store.stored());
        measures.counter("gateway.cache.evicted", "URLs whose answers had to make room.", (double) store.evicted());
        measures.gauge("gateway.cache.entries", "URLs for which answers are kept.", store.size());
        measures.gauge("gateway.cache.bytes", "How much the answers that are kept take.", (double) store.weight());
    }
}
