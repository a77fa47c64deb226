package dev.lintel.config.bind;

import dev.lintel.RouteBuilder;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code match}: the conditions of a route, each under the name of the builder's method or its plural. */
final class MatchFields {

    static final List<String> PARTS =
            List.of("path", "host", "methods", "headers", "query", "cookies", "clientAddress");

    private static final String CONDITION = "a value, or { present: true }";

    private final Scope scope;

    MatchFields(Scope scope) {
        this.scope = scope;
    }

    /** What the builder's problems call a part. */
    static String builderName(String part) {
        return part.equals("headers") ? "header" : part.equals("cookies") ? "cookie" : part;
    }

    @Nullable
    Consumer<RouteBuilder> read(Fields match) {
        List<Consumer<RouteBuilder>> parts = new ArrayList<>();
        match.text("path", text -> parts.add(route -> route.path(text)));
        match.text("host", text -> parts.add(route -> route.host(text)));
        String[] methods = match.texts("methods", "methods such as GET");
        parts.add(route -> route.methods(methods));
        conditions(match, "headers", parts, RouteBuilder::headerPresent, route -> route::header);
        conditions(match, "query", parts, RouteBuilder::queryPresent, route -> route::query);
        conditions(match, "cookies", parts, RouteBuilder::cookiePresent, route -> route::cookie);
        String[] clients = match.texts("clientAddress", "addresses and networks");
        if (match.has("clientAddress")) {
            parts.add(route -> route.clientAddress(clients));
        }
        match.finish();
        if (!match.has("path")) {
            scope.error("missing-key", match.map(), "match without path", "path: a pattern such as /users/{id}");
            return null;
        }
        boolean usable = match.node("path") instanceof ScalarNode path && !path.isNothing();
        return usable ? route -> parts.forEach(part -> part.accept(route)) : null;
    }

    private void conditions(
            Fields match,
            String key,
            List<Consumer<RouteBuilder>> parts,
            BiConsumer<RouteBuilder, String> present,
            java.util.function.Function<RouteBuilder, BiConsumer<String, String>> equal) {
        Fields all = match.map(key, "a map of names and values");
        if (all == null) {
            return;
        }
        for (MapNode.Entry entry : all.map().entries()) {
            String name = entry.name();
            scope.hideIfCredential(entry);
            if (entry.value() instanceof ScalarNode value && !value.isNothing()) {
                parts.add(route -> equal.apply(route).accept(name, value.text()));
            } else if (isPresence(entry, all)) {
                parts.add(route -> present.accept(route, name));
            }
        }
    }

    private boolean isPresence(MapNode.Entry entry, Fields all) {
        if (!(entry.value() instanceof MapNode map)) {
            scope.error(
                    "wrong-type",
                    entry.key(),
                    entry.name() + ": " + entry.value().kind(),
                    CONDITION);
            return false;
        }
        Fields condition = new Fields(map, all.path(entry.name()), entry.name(), scope);
        ScalarNode present = condition.scalar("present", "true");
        condition.finish();
        if (present == null || !present.text().equals("true")) {
            scope.error("bad-value", present == null ? entry.key() : present, entry.name(), CONDITION);
            return false;
        }
        return true;
    }
}
