package dev.lintel.config.bind;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the section {@code server}: each option has the name of the builder's method. */
final class ServerSection {

    private final Scope scope;
    private final List<Consumer<ServerBuilder>> options = new ArrayList<>();

    ServerSection(Scope scope) {
        this.scope = scope;
    }

    /** Everything that was read, to be told to a builder. */
    Consumer<ServerBuilder> options() {
        List<Consumer<ServerBuilder>> all = List.copyOf(options);
        return server -> all.forEach(option -> option.accept(server));
    }

    void read(Fields fields) {
        fields.text("host", value -> options.add(server -> server.host(value)));
        fields.number("port", value -> options.add(server -> server.port(value)));
        new ServerTlsFields(scope).read(fields).ifPresent(options::add);
        redirect(fields);
        fields.on("http2", () -> options.add(ServerBuilder::http2));
        fields.on("http2ClearText", () -> options.add(ServerBuilder::http2ClearText));
        fields.flag("oneLoop", value -> options.add(server -> server.oneLoop(value)));
        fields.duration("holdUpWarning", value -> options.add(server -> server.holdUpWarning(value)));
        fields.flag("sniCheck", value -> options.add(server -> server.sniCheck(value)));
        fields.text("adminHost", value -> options.add(server -> server.adminHost(value)));
        adminPort(fields);
        fields.size("maxHeadSize", value -> options.add(server -> server.maxHeadSize(whole(value))));
        fields.number("maxHeaderFields", value -> options.add(server -> server.maxHeaderFields(value)));
        fields.size("maxUriLength", value -> options.add(server -> server.maxUriLength(whole(value))));
        fields.size("maxResponseHeadSize", value -> options.add(server -> server.maxResponseHeadSize(whole(value))));
        fields.number("maxConnections", value -> options.add(server -> server.maxConnections(value)));
        fields.number("maxStreams", value -> options.add(server -> server.maxStreams(value)));
        fields.number("maxThreads", value -> options.add(server -> server.maxThreads(value)));
        fields.duration("headTimeout", value -> options.add(server -> server.headTimeout(value)));
        fields.duration("idleTimeout", value -> options.add(server -> server.idleTimeout(value)));
        fields.duration("drainDelay", value -> options.add(server -> server.drainDelay(value)));
        fields.duration("stopTimeout", value -> options.add(server -> server.stopTimeout(value)));
        fields.on("stopOnShutdownSignal", () -> options.add(ServerBuilder::stopOnShutdownSignal));
    }

    /** Has the server's builder check what was read, without starting anything. */
    void check() {
        Gateway any = Gateway.builder()
                .otherwise(Destination.answer(404, "text/plain", ""))
                .build();
        ServerBuilder server = GatewayServer.builder(any);
        options().accept(server);
        scope.problems("server", ServerTlsFields.others(server.problems()));
    }

    private void redirect(Fields fields) {
        int[] ports = new int[2];
        fields.number("redirectPort", value -> ports[0] = value);
        fields.number("redirectPublicPort", value -> ports[1] = value);
        if (fields.has("redirectPort")) {
            options.add(server -> server.redirectPort(ports[0], ports[1]));
        } else if (fields.has("redirectPublicPort")) {
            scope.error("missing-key", fields.map(), "redirectPublicPort without redirectPort", "redirectPort: 8080");
        }
    }

    private void adminPort(Fields fields) {
        Node node = fields.node("adminPort");
        if (node instanceof ScalarNode none && none.text().equals("none")) {
            options.add(ServerBuilder::withoutAdminPort);
        } else {
            fields.number("adminPort", value -> options.add(server -> server.adminPort(value)));
        }
    }

    private static int whole(long value) {
        return (int) Math.min(Integer.MAX_VALUE, value);
    }
}
