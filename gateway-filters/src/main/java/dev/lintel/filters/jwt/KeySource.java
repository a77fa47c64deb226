package dev.lintel.filters.jwt;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the keys come from. Thread-safe. */
sealed interface KeySource permits FixedKeys, FileKeys, RemoteKeys {

    /** The keys to verify with now; null if there are none, or none fresh enough to believe. Never waits. */
    @Nullable
    KeySet keys();

    /**
     * What may bring other keys than those soon: a fetch under way, or a new one if the time for one has come. Completes when
     * the fetch ends, well or not, at the latest after {@link #MAX_WAIT}; {@link #keys} then tells what came of it.
     *
     * @param seen what {@link #keys} gave
     * @return null if there is nothing to wait for, as where others have come meanwhile; and where too many wait already
     */
    @Nullable
    CompletableFuture<Boolean> renewal(@Nullable KeySet seen);

    /** The longest a request waits for a fetch. */
    Duration MAX_WAIT = Duration.ofSeconds(1);
}
