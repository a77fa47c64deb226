package dev.lintel.config.bind;

import dev.lintel.GatewayBuilder;
import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.upstream.LoadBalancer;
import dev.lintel.upstream.TargetSource;
import dev.lintel.upstream.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the section {@code upstreams}: a name and what it stands for, or just its targets. */
final class UpstreamSection {

    private static final String TARGET = "http://host[:port][/base] or https://host[:port][/base]";

    private final Scope scope;
    private final Map<String, List<ScalarNode>> targets = new LinkedHashMap<>();

    UpstreamSection(Scope scope) {
        this.scope = scope;
    }

    /** The names, also of those that are wrong. */
    Set<String> names() {
        return targets.keySet();
    }

    /** The targets by the upstreams' names. */
    Map<String, List<ScalarNode>> targets() {
        return targets;
    }

    void read(MapNode upstreams, GatewayBuilder gateway) {
        for (MapNode.Entry entry : upstreams.entries()) {
            String path = "upstreams." + entry.name();
            scope.stands(path, entry.key(), entry.value());
            gateway.upstream(read(entry, path));
        }
    }

    private Upstream.Builder read(MapNode.Entry entry, String path) {
        Upstream.Builder upstream = Upstream.named(entry.name());
        List<ScalarNode> urls = new ArrayList<>();
        targets.put(entry.name(), urls);
        if (entry.value() instanceof MapNode map) {
            describe(new Fields(map, path, "upstream '" + entry.name() + "'", scope), upstream, urls);
            scope.stands(path + ".target", entry.key(), target(map, entry));
        } else {
            scope.stands(path + ".target", entry.key(), entry.value());
            List<Node> items = entry.value() instanceof ListNode list ? list.items() : List.of(entry.value());
            for (Node item : items) {
                if (item instanceof ScalarNode url && !url.isNothing()) {
                    if (url.readable()) {
                        urls.add(url);
                    }
                } else {
                    scope.error("wrong-type", item, "upstream '" + entry.name() + "': " + item.kind(), TARGET);
                }
            }
        }
        urls.forEach(url -> upstream.target(url.text()));
        return upstream;
    }

    private static Node target(MapNode map, MapNode.Entry entry) {
        Node given = map.get("targets");
        return given == null ? entry.value() : given;
    }

    private void describe(Fields fields, Upstream.Builder upstream, List<ScalarNode> urls) {
        urls.addAll(fields.scalars("targets", TARGET));
        ScalarNode source = fields.scalar("source", "the name of a class");
        if (source != null) {
            Classes.make(source, TargetSource.class, "source", scope).ifPresent(made -> upstream.targets(made.get()));
        }
        fields.text("host", upstream::host);
        fields.on("preserveHost", upstream::preserveHost);
        if (fields.has("host") && fields.has("preserveHost")) {
            scope.error("conflict", fields.map(), "host beside preserveHost", "one of them");
        }
        fields.number("maxConnections", upstream::maxConnections);
        fields.choice("protocol", Upstream.Protocol.class, upstream::protocol);
        new UpstreamTlsFields(scope).read(fields).ifPresent(upstream::tls);
        ScalarNode balancer = fields.scalar("loadBalancer", "round-robin or the name of a class");
        if (balancer != null && !balancer.text().equals("round-robin")) {
            Classes.make(balancer, LoadBalancer.class, "loadBalancer", scope).ifPresent(upstream::loadBalancer);
        }
        fields.finish();
    }
}
