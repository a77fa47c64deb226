package dev.lintel.config.bind;

import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.https.TlsBuilder;
import dev.lintel.https.TlsPreset;
import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import dev.lintel.server.ServerBuilder;
import dev.lintel.tls.Identity;
import dev.lintel.tls.KeyFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads {@code tls} of the server: certificates by host, and whatever else {@link TlsBuilder} can be told, by its names. */
final class ServerTlsFields {

    private static final String FORM = "{ certificates: chain.pem, key: key.pem }";
    private static final String FURTHER = "further";
    private static final String PASSWORD = "keyPassword";
    private static final String OPTIONAL = "optionalClientCertificates";
    private static final String REQUIRED = "requiredClientCertificates";

    /** What the builder says of any of the certificates; said here of each, where it stands. */
    private static final Set<String> OF_PAIRS = Set.of("tls.certificate", "tls.key", "tls.key.password");

    private final Scope scope;
    private final KeyPairFields pairs;
    private final List<Consumer<TlsBuilder>> told = new ArrayList<>();

    ServerTlsFields(Scope scope) {
        this.scope = scope;
        this.pairs = new KeyPairFields(scope, false);
    }

    /** What is to be told to a server; empty if it is to speak no TLS. */
    Optional<Consumer<ServerBuilder>> read(Fields server) {
        Fields tls = server.map("tls", FORM);
        if (tls == null) {
            return Optional.empty();
        }
        pair(tls, "tls");
        further(tls);
        tls.choice("preset", TlsPreset.class, value -> told.add(builder -> builder.preset(value)));
        tls.on("refuseUnknownNames", () -> told.add(TlsBuilder::refuseUnknownNames));
        tls.duration("sessionLifetime", value -> told.add(builder -> builder.sessionLifetime(value)));
        tls.duration("watchInterval", value -> told.add(builder -> builder.watchInterval(value)));
        clients(tls);
        tls.duration("hsts", value -> told.add(builder -> builder.hsts(value)));
        tls.on("hstsIncludeSubDomains", () -> told.add(TlsBuilder::hstsIncludeSubDomains));
        tls.on("hstsPreload", () -> told.add(TlsBuilder::hstsPreload));
        tls.finish();
        List<Consumer<TlsBuilder>> all = List.copyOf(told);
        return Optional.of(options -> {
            TlsBuilder builder = TlsBuilder.create();
            all.forEach(option -> option.accept(builder));
            options.tls(builder);
        });
    }

    /** What the server's builder found and has not been said here. */
    static List<Problem> others(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> !OF_PAIRS.contains(problem.name()))
                .toList();
    }

    private void further(Fields tls) {
        Node node = tls.node(FURTHER);
        if (node == null) {
            return;
        }
        List<Node> items = node instanceof ListNode list ? list.items() : List.of(node);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof MapNode map) {
                String name = FURTHER + "[" + i + "]";
                scope.stands(tls.path(name), null, map);
                Fields fields = new Fields(map, tls.path(name), "a further certificate", scope);
                pair(fields, "tls." + name);
                fields.finish();
            } else {
                scope.error(
                        "wrong-type",
                        items.get(i),
                        FURTHER + ": " + items.get(i).kind(),
                        FORM);
            }
        }
    }

    private void pair(Fields fields, String name) {
        KeyFiles files = pairs.read(fields, "tls", PASSWORD, "server." + name);
        if (files == null) {
            return;
        }
        Problems found = new Problems();
        Identity.read(files, name, found);
        scope.problems("server", found.list());
        told.add(builder -> {
            if (files.password() == null) {
                builder.certificate(files.certificates(), files.key());
            } else {
                builder.certificate(files.certificates(), files.key(), files.password());
            }
        });
    }

    private void clients(Fields tls) {
        Optional<Path> optional = pairs.file(tls, OPTIONAL);
        Optional<Path> required = pairs.file(tls, REQUIRED);
        optional.ifPresent(authorities -> told.add(builder -> builder.optionalClientCertificates(authorities)));
        required.ifPresent(authorities -> told.add(builder -> builder.requiredClientCertificates(authorities)));
        Place first = scope.places().get(tls.path(OPTIONAL));
        Place second = scope.places().get(tls.path(REQUIRED));
        if (first != null && second != null && second.key() != null) {
            scope.error("conflict", second.key(), REQUIRED + " beside " + OPTIONAL, "one of them");
        }
        Place given = second == null ? first : second;
        if (given != null) {
            // as the builder calls it
            scope.stands(tls.path("clientAuthorities"), given.key(), given.value());
        }
    }
}
