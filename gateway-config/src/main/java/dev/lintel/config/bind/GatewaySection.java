package dev.lintel.config.bind;

import dev.lintel.GatewayBuilder;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.TrustedProxies.ForwardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what holds for every request: whom the gateway believes, what it admits, and how it refuses. */
final class GatewaySection {

    static final String PROXIES = "trustedProxies";
    static final String FIELD = "forwardedBy";

    private final Scope scope;

    GatewaySection(Scope scope) {
        this.scope = scope;
    }

    /** Reads the keys of the file itself. {@code trustedProxies} and {@code forwardedBy} may stand under {@code server}, too. */
    void read(Fields file, Fields server, GatewayBuilder gateway) {
        trust(file, server, gateway);
        identity(file, gateway);
        rejections(file, gateway);
        gateway.allowMethods(file.texts("allowMethods", "names of methods"));
        file.on("allowUnderscoresInHeaderNames", gateway::allowUnderscoresInHeaderNames);
        file.on("ignoreSessionIdInPath", gateway::ignoreSessionIdInPath);
        file.flag("forwardedHeadersToHostApplication", gateway::forwardedHeadersToHostApplication);
    }

    private void trust(Fields file, Fields server, GatewayBuilder gateway) {
        List<ScalarNode> blocks = new ArrayList<>(file.scalars(PROXIES, "addresses and networks"));
        List<ScalarNode> below = server.scalars(PROXIES, "addresses and networks");
        ForwardedBy[] field = {ForwardedBy.X_FORWARDED_FOR};
        file.choice(FIELD, ForwardedBy.class, value -> field[0] = value);
        server.choice(FIELD, ForwardedBy.class, value -> field[0] = value);
        for (String key : List.of(PROXIES, FIELD)) {
            Place twice = file.has(key) && server.has(key) ? scope.places().get("server." + key) : null;
            if (twice != null && twice.key() != null) {
                scope.error("duplicate-key", twice.key(), "server." + key + " beside " + key, "one of them");
            }
        }
        Place where = scope.places().get("server." + PROXIES);
        if (where != null) {
            scope.stands(PROXIES, where.key(), where.value());
        }
        blocks.addAll(below);
        gateway.trustedProxies(field[0], blocks.stream().map(ScalarNode::text).toArray(String[]::new));
    }

    private void identity(Fields file, GatewayBuilder gateway) {
        Fields names = file.map("identityHeaders", "{ userId: X-User-ID, userRole: X-User-Role }");
        if (names == null) {
            return;
        }
        String[] both = {IdentityHeaders.DEFAULT.userId(), IdentityHeaders.DEFAULT.userRole()};
        names.text("userId", value -> both[0] = value);
        names.text("userRole", value -> both[1] = value);
        names.finish();
        try {
            gateway.identityHeaders(new IdentityHeaders(both[0], both[1]));
        } catch (IllegalArgumentException wrong) {
            Place place = scope.places().get("identityHeaders");
            if (place != null && place.key() != null) {
                scope.error(
                        "bad-value",
                        place.key(),
                        "identityHeaders: " + both[0] + ", " + both[1],
                        "two different field names");
            }
        }
    }

    private void rejections(Fields file, GatewayBuilder gateway) {
        ScalarNode kind = file.scalar("rejectionWriter", "standard, problem-json or the name of a class");
        if (kind == null) {
            return;
        }
        RejectionWriter known = Map.of(
                        "standard", RejectionWriter.standard(), "problem-json", RejectionWriter.problemJson())
                .get(kind.text());
        if (known != null) {
            gateway.rejectionWriter(known);
        } else if (kind.text().indexOf('.') < 0) {
            scope.unknown(
                    "bad-value", kind, "rejectionWriter", kind.shown(), List.of("standard", "problem-json", "a class"));
        } else {
            Classes.make(kind, RejectionWriter.class, "rejectionWriter", scope)
                    .ifPresent(made -> gateway.rejectionWriter(made.get()));
        }
    }
}
