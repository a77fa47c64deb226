package dev.lintel.config;

import dev.lintel.Gateway;
import dev.lintel.config.bind.Binding;
import dev.lintel.config.bind.RouteTest;
import dev.lintel.config.report.CheckReport;
import dev.lintel.config.report.Severity;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.YamlText;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file came to when it was read: a gateway, or the reasons why there is none. Immutable and thread-safe. */
public final class LoadedGateway {

    private final @Nullable Binding binding;
    private final @Nullable MapNode root;
    private final CheckReport report;
    private final OptionPositions positions;
    private final Set<Path> files;

    LoadedGateway(@Nullable Binding binding, @Nullable MapNode root, CheckReport report, Set<Path> files) {
        this.binding = binding;
        this.root = root;
        this.report = report;
        this.positions = new OptionPositions(binding == null ? Map.of() : binding.places());
        Set<Path> all = new LinkedHashSet<>(files);
        if (binding != null) {
            all.addAll(binding.files());
        }
        this.files = Collections.unmodifiableSet(all);
    }

    /** Everything that was found. */
    public CheckReport report() {
        return report;
    }

    /** Whether there is a gateway, so that nothing was found but warnings. */
    public boolean isValid() {
        return report.isValid() && binding != null && binding.gateway() != null;
    }

    /**
     * The gateway.
     *
     * @throws GatewayException with every error and its place, if there is none
     */
    public Gateway gateway() {
        Gateway gateway = binding == null || !report.isValid() ? null : binding.gateway();
        if (gateway == null) {
            throw new GatewayException("gateway file", problems());
        }
        return gateway;
    }

    /**
     * The description of a server that runs the gateway as the file says; a new one each time, to which more can be told.
     *
     * @throws GatewayException with every error and its place, if there is no gateway
     */
    public ServerBuilder server() {
        ServerBuilder server = GatewayServer.builder(gateway());
        if (binding != null) {
            binding.server().accept(server);
        }
        return server;
    }

    /** What the file itself says should become of requests; errors of the report tell which of it would not. */
    public List<RouteTest> tests() {
        return binding == null ? List.of() : binding.tests();
    }

    /** Where the options stand. */
    public OptionPositions positions() {
        return positions;
    }

    /**
     * The configuration as it was understood, as YAML: with what it includes, references replaced, and every secret masked, as well as
     * everything that comes from a file. Empty if the file could not be read.
     */
    public String effective() {
        return root == null || binding == null ? "" : YamlText.of(root, binding.hidden());
    }

    /**
     * What it says below {@code server}, masked as in {@link #effective}, without what the gateway takes over from there; empty if it says
     * nothing. A secret that has changed is not to be seen in it.
     */
    public String serverText() {
        if (root == null || binding == null || !(root.get("server") instanceof MapNode server)) {
            return "";
        }
        List<MapNode.Entry> own = server.entries().stream()
                .filter(entry -> !Binding.GATEWAYS_OWN_UNDER_SERVER.contains(entry.name()))
                .toList();
        return own.isEmpty() ? "" : YamlText.of(new MapNode(server.position(), own, server.size()), binding.hidden());
    }

    /**
     * Every file and folder that was looked at, and those with keys and certificates that are read with the file; what is watched by
     * whoever reads it, such as the server's own certificates, is not among them.
     */
    public Set<Path> files() {
        return files;
    }

    /** Whether there is a gateway, and how much was found. */
    @Override
    public String toString() {
        return (isValid() ? "valid, " : "not valid, ") + report.summary();
    }

    private List<Problem> problems() {
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> new Problem(
                        finding.position().toString(),
                        finding.message(),
                        finding.expected() == null ? "a file without errors" : finding.expected()))
                .toList();
    }
}
