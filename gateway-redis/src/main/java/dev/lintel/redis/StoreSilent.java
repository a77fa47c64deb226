package dev.lintel.redis;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** That Redis has not decided. Without a stack, since there may be many in a second. */
final class StoreSilent extends RuntimeException {

    private final boolean asked;

    private StoreSilent(String message, boolean asked) {
        super(message, null, false, false);
        this.asked = asked;
    }

    /** Whether Redis may have decided nevertheless, as far as a failure tells. */
    static boolean mayHaveDecided(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause != null && !(cause instanceof StoreSilent silent && !silent.asked);
    }

    static StoreSilent late() {
        return new StoreSilent("redis: no answer in time (expected: within the deadline)", true);
    }

    static StoreSilent failed() {
        return new StoreSilent("redis: answered by an error, or lost (expected: an answer)", true);
    }

    static StoreSilent unasked() {
        return new StoreSilent("redis: known not to answer (expected: once it does again)", false);
    }

    static StoreSilent busy() {
        return new StoreSilent("redis: too many questions unanswered (expected: at most maxPending)", false);
    }
}
