package dev.lintel.proxy;

import dev.lintel.balancing.TargetSelector;
import dev.lintel.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides where a request is sent, and where once more if that is safe. Confined to its call. */
final class TargetChoice {

    /** The most targets that are asked for a connection, however many there are. */
    private static final int MOST_TRIES = 3;

    private final TargetSelector selector;
    private final boolean idempotent;
    private final List<Target> tried = new ArrayList<>(1);
    private boolean sentAgain;

    TargetChoice(TargetSelector selector, boolean idempotent) {
        this.selector = selector;
        this.idempotent = idempotent;
    }

    /** Where it is sent; null for nowhere. */
    @Nullable
    Target first() {
        return noted(selector.choose());
    }

    /**
     * Where it is sent once more: to another target if no connection could be had; to any, once, if it has no body and the
     * upstream has done nothing about it, or may be sent twice and a connection that had been kept turned out to be closed.
     * Null for nowhere.
     */
    @Nullable
    Target next(CallAttempt failed, CallFailure reason, boolean hasBody) {
        if (!failed.wasConnected()) {
            boolean another = reason != CallFailure.BUSY && tried.size() < MOST_TRIES;
            return another ? noted(selector.chooseOther(tried)) : null;
        }
        if (sentAgain || hasBody || !failed.wasNotProcessed() && !(idempotent && failed.metStaleConnection())) {
            return null;
        }
        sentAgain = true;
        Target other = selector.chooseOther(tried);
        return noted(other == null ? failed.record().target() : other);
    }

    private @Nullable Target noted(@Nullable Target target) {
        if (target != null) {
            tried.add(target);
        }
        return target;
    }

    @Override
    public String toString() {
        return tried.toString();
    }
}
