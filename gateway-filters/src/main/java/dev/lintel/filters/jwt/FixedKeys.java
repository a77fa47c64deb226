package dev.lintel.filters.jwt;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keys that the configuration holds; they never change. */
record FixedKeys(KeySet keys) implements KeySource {

    static FixedKeys of(List<VerificationKey> keys) {
        return new FixedKeys(KeySet.of(keys));
    }

    @Override
    public @Nullable CompletableFuture<Boolean> renewal(@Nullable KeySet seen) {
        return null;
    }
}
