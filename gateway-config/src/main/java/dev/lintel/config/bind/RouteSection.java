package dev.lintel.config.bind;

import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.config.rule.Rule;
import dev.lintel.config.rule.RuleMatch;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.option.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code routes}. */
final class RouteSection {

    private final Scope scope;
    private final FilterSection filters;
    private final DestinationFields destinations;
    private final MatchFields matches;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<BoundRoute> routes = new ArrayList<>();

    RouteSection(Scope scope, FilterSection filters, Set<String> upstreams) {
        this.scope = scope;
        this.filters = filters;
        this.destinations = new DestinationFields(scope, upstreams);
        this.matches = new MatchFields(scope);
    }

    List<BoundRoute> routes() {
        return routes;
    }

    DestinationFields destinations() {
        return destinations;
    }

    void read(List<Node> items, GatewayBuilder gateway) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof MapNode map) {
                read(map, i, gateway);
            } else {
                scope.wrong("routes", items.get(i), "a map such as { id: orders, match: {...}, upstream: orders }");
            }
        }
    }

    private void read(MapNode map, int index, GatewayBuilder gateway) {
        String id = id(map, "route-" + (index + 1));
        String path = "routes." + id;
        Fields fields = new Fields(map, path, "route '" + id + "'", scope);
        Node name = fields.node("id");
        scope.stands(path, name instanceof ScalarNode text ? text : null, map);
        bind(fields, id, name instanceof ScalarNode ? name : map, gateway);
    }

    /** The route's id; another name if it has none that can be used, which is noted. */
    private String id(MapNode map, String otherwise) {
        Node given = map.get("id");
        if (given == null) {
            scope.error("missing-key", map, "route without id", "id: " + Names.RULE);
        } else if (!(given instanceof ScalarNode name) || name.isNothing() || !Names.areValid(name.text())) {
            scope.wrong("id", given, Names.RULE);
        } else if (!names.add(name.text())) {
            scope.error("duplicate-name", name, "route '" + name.text() + "' is given twice", "each id once");
        } else {
            return name.text();
        }
        return free(otherwise, 1);
    }

    private void bind(Fields fields, String id, Node at, GatewayBuilder gateway) {
        Consumer<RouteBuilder> whole = RouteFields.read(fields);
        List<BoundFilter> bound = filters.read(fields.items("filters", "a list of filters"), fields.path("filters"));
        boolean open = isOpen(fields);
        Consumer<RouteBuilder> to = destinations.read(fields, at);
        List<Consumer<RouteBuilder>> ways = ways(fields, at);
        fields.finish();
        List<String> made = new ArrayList<>();
        for (Consumer<RouteBuilder> way : ways) {
            String name = made.isEmpty() ? id : free(id, made.size() + 1);
            made.add(name);
            aliases(fields, name);
            RouteBuilder route = Route.named(name);
            way.accept(route);
            whole.accept(route);
            bound.stream().filter(filter -> filter.filter() != null).forEach(filter -> add(route, filter));
            to.accept(route);
            gateway.route(route);
        }
        routes.add(new BoundRoute(id, made.isEmpty() ? List.of(id) : made, at, fields.map(), open, bound));
    }

    private static void add(RouteBuilder route, BoundFilter bound) {
        if (bound.filter() != null) {
            route.filter(bound.filter());
        }
    }

    private String free(String id, int number) {
        String name = number == 1 ? id : id + "." + number;
        while (!names.add(name)) {
            name = name + "." + number;
        }
        return name;
    }

    /** Has what builders call the parts of a route be found where the file has them. */
    private void aliases(Fields fields, String name) {
        String path = "routes." + name;
        scope.stands(path, null, fields.map());
        Place rule = scope.places().get(fields.path("rule"));
        for (String part : MatchFields.PARTS) {
            Place place = scope.places().get(fields.path("match." + part));
            Place at = place == null ? rule : place;
            if (at != null) {
                scope.stands(path + "." + MatchFields.builderName(part), at.key(), at.value());
            }
        }
        for (MapNode.Entry entry : fields.map().entries()) {
            scope.stands(path + "." + entry.name(), entry.key(), entry.value());
        }
        MapNode.Entry to = destinations.entry(fields);
        if (to != null) {
            scope.stands(path + ".to", to.key(), to.value());
        }
    }

    private boolean isOpen(Fields fields) {
        ScalarNode auth = fields.scalar("auth", "none");
        if (auth != null && !auth.text().equals("none")) {
            scope.error(
                    "bad-value",
                    auth,
                    "auth: " + auth.shown(),
                    "none, or no auth and a filter that authenticates, such as jwt or apiKey");
        }
        return auth != null;
    }

    private List<Consumer<RouteBuilder>> ways(Fields fields, Node at) {
        Fields match = fields.map("match", "conditions such as { path: /orders/** }");
        ScalarNode rule = fields.scalar("rule", "a rule such as Host(`a.example`) && PathPrefix(`/v1`)");
        if (fields.has("match") && fields.has("rule")) {
            Node second = fields.node("rule");
            scope.error("conflict", second == null ? at : second, "rule beside match", "one of them");
            return List.of();
        }
        if (match != null) {
            Consumer<RouteBuilder> only = matches.read(match);
            return only == null ? List.of() : List.of(only);
        }
        if (rule != null) {
            return Rule.read(rule.text(), rule::at, scope.findings()).stream()
                    .map(RouteSection::way)
                    .toList();
        }
        if (!fields.has("match") && !fields.has("rule")) {
            scope.error("missing-key", at, "route without match", "match: or rule:");
        }
        return List.of();
    }

    private static Consumer<RouteBuilder> way(RuleMatch match) {
        return route -> {
            route.path(match.path());
            @Nullable String host = match.host();
            if (host != null) {
                route.host(host);
            }
            route.methods(match.methods().toArray(String[]::new));
            match.headers().forEach(route::header);
            match.query().forEach(route::query);
            if (!match.clients().isEmpty()) {
                route.clientAddress(match.clients().toArray(String[]::new));
            }
        };
    }
}
