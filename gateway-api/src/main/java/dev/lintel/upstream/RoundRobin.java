package dev.lintel.upstream;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each target in turn. The counter may wrap: the unsigned remainder skips at most one turn every 2³² requests. */
final class RoundRobin implements LoadBalancer {

    private final AtomicInteger next = new AtomicInteger();

    @Override
    public Target choose(List<Target> targets) {
        return targets.get(Integer.remainderUnsigned(next.getAndIncrement(), targets.size()));
    }
}
