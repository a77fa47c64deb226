package dev.lintel.upstream;

import java.util.List;

/** Chooses one of several targets. Implementations are thread-safe and never wait. */
@FunctionalInterface
public interface LoadBalancer {

    /**
     * Chooses a target.
     *
     * @param targets those that may be used, at least one
     * @return one of them
     */
    Target choose(List<Target> targets);

    /** Each in turn, whoever asks. Every call makes a balancer with a turn of its own. */
    static LoadBalancer roundRobin() {
        return new RoundRobin();
    }
}
