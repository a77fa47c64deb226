package dev.lintel.upstream;

import java.util.List;

/** Tells the targets of an upstream that exist now. Implementations are thread-safe and never wait: they answer what they know. */
@FunctionalInterface
public interface TargetSource {

    /** The targets, in a stable order; possibly none. The same list object for as long as nothing changed. */
    List<Target> targets();

    /** Targets that never change. */
    static TargetSource of(List<Target> targets) {
        List<Target> fixed = List.copyOf(targets);
        return () -> fixed;
    }
}
