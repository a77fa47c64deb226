package dev.lintel.balancing;

import dev.lintel.upstream.LoadBalancer;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.TargetSource;
import dev.lintel.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the target of each try to reach an upstream: what its balancer says, among those not tried before. Thread-safe. */
public final class TargetSelector {

    private final TargetSource source;
    private final LoadBalancer balancer;

    /**
     * Makes a selector with a balancer of its own.
     *
     * @param upstream whose targets are chosen
     */
    public TargetSelector(Upstream upstream) {
        this.source = upstream.source();
        this.balancer = upstream.newLoadBalancer();
    }

    /** Chooses a target for a first try; null if there is none. */
    public @Nullable Target choose() {
        List<Target> targets = source.targets();
        return targets.isEmpty() ? null : balancer.choose(targets);
    }

    /**
     * Chooses a target for a further try.
     *
     * @param tried the targets that were tried
     * @return one that was not, or null if there is none
     */
    public @Nullable Target chooseOther(List<Target> tried) {
        List<Target> others = new ArrayList<>(source.targets());
        others.removeAll(tried);
        return others.isEmpty() ? null : balancer.choose(others);
    }
}
