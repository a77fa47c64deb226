package dev.lintel.config.bind;

import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code stores}: where limits are counted that several gateways share, by names. A filter of the kind {@code rateLimit}
 * that has such a name for its {@code store} is told the kind and the options in its place. Providers give all who open a store by
 * equal options the same one, so that filters with one name, also those of the gateway after a reload, have one store.
 */
final class Stores {

    private static final String LIMITING = "rateLimit";
    private static final String STORE = "store";
    private static final String STORE_OPTIONS = "storeOptions";
    private static final String URI = "uri";
    private static final String FORM = "a kind and its address, such as { redis: redis://localhost:6379 }";

    /** Kinds that Lintel has, by the modules that bring them. */
    private static final Map<String, String> MODULES = Map.of("redis", "gateway-redis");

    private record Described(String kind, Map<String, String> options) {}

    private final Scope scope;
    private final OptionTrees trees;
    private final Map<String, RateLimitStoreProvider> kinds;
    private final Map<String, @Nullable Described> stores = new LinkedHashMap<>();
    private final Map<Place, List<String>> clearTextHosts = new LinkedHashMap<>();

    Stores(Scope scope) {
        this.scope = scope;
        this.trees = new OptionTrees(scope);
        this.kinds = RateLimitStoreProvider.installed(scope.loader());
    }

    /** The hosts that stores are asked at in clear text, by where that is said. */
    Map<Place, List<String>> clearTextHosts() {
        return clearTextHosts;
    }

    void read(MapNode section) {
        for (MapNode.Entry entry : section.entries()) {
            String path = "stores." + entry.name();
            scope.stands(path, entry.key(), entry.value());
            Described described = null;
            if (entry.value() instanceof MapNode map && !map.entries().isEmpty()) {
                described = store(map, path);
            } else {
                scope.hide(entry.value());
                scope.error(
                        "wrong-type", entry.value(), path + ": " + entry.value().kind(), FORM);
            }
            stores.put(entry.name(), described);
        }
    }

    private @Nullable Described store(MapNode map, String path) {
        MapNode.Entry kind = kind(map);
        RateLimitStoreProvider provider = kinds.get(kind.name());
        if (provider == null) {
            scope.hide(map);
            unknownKind(kind.key());
            return null;
        }
        if (!provider.catalogue().isDescribed()) {
            scope.hide(map);
        }
        boolean clear = kind.value() instanceof ScalarNode uri && uri.text().indexOf('@') >= 0;
        scope.stands(path + "." + URI, kind.key(), kind.value());
        if (clear) {
            scope.secret(kind.key(), kind.value());
        } else {
            scope.hide(kind.value());
        }
        List<MapNode.Entry> others = new ArrayList<>(map.entries());
        others.remove(kind);
        MapNode rest = new MapNode(map.position(), others, map.size());
        Map<String, String> options = texts(rest, trees.of(rest, path, provider.catalogue()));
        boolean whole =
                address(kind, rest, options) && options.size() == map.entries().size();
        List<Problem> problems = whole || options.containsKey(URI) ? provider.check(options) : List.of();
        scope.problems(path, problems);
        clearTextHosts.put(new Place(kind.key(), kind.value()), provider.clearTextHosts(options));
        return whole && problems.isEmpty() ? new Described(provider.kind(), Map.copyOf(options)) : null;
    }

    private MapNode.Entry kind(MapNode map) {
        for (MapNode.Entry entry : map.entries()) {
            if (kinds.containsKey(entry.name()) || MODULES.containsKey(entry.name())) {
                return entry;
            }
        }
        return map.entries().get(0);
    }

    private boolean address(MapNode.Entry kind, MapNode rest, Map<String, String> options) {
        MapNode.Entry twice = rest.entry(URI);
        if (twice != null) {
            scope.error("conflict", twice.key(), URI + " beside " + kind.name(), "one of them");
            return false;
        }
        if (!(kind.value() instanceof ScalarNode address) || address.isNothing()) {
            scope.error(
                    "wrong-type", kind.key(), kind.name() + ": " + kind.value().kind(), "the address of a store");
            return false;
        }
        if (address.readable()) {
            options.put(URI, address.text());
        }
        return address.readable();
    }

    private Map<String, String> texts(MapNode map, Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Node node = map.get(name);
            if (value instanceof String text) {
                texts.put(name, text);
            } else if (node != null) {
                scope.hide(node);
                scope.error("wrong-type", node, name + ": " + node.kind(), "one value");
            }
        });
        return texts;
    }

    private void unknownKind(ScalarNode kind) {
        String module = MODULES.get(kind.text());
        if (module != null) {
            scope.error(
                    "unknown-store",
                    kind,
                    "no module for stores of the kind '" + kind.text() + "'",
                    "the module " + module + " among the libraries");
            return;
        }
        TreeSet<String> known = new TreeSet<>(kinds.keySet());
        known.addAll(MODULES.keySet());
        scope.unknown("unknown-store", kind, "kind of store", kind.shown(), known);
    }

    /** Tells a filter that limits what the store is that it names. */
    void complete(String filter, @Nullable MapNode options, Map<String, Object> values) {
        if (!filter.equals(LIMITING) || options == null) {
            return;
        }
        MapNode.Entry own = options.entry(STORE_OPTIONS);
        if (own != null) {
            // an address may hold a password
            scope.hide(own.value());
        }
        if (!(options.get(STORE) instanceof ScalarNode name) || !name.readable() || name.isNothing()) {
            return;
        }
        if (!stores.containsKey(name.text())) {
            RateLimitStoreProvider provider = kinds.get(name.text());
            if (provider != null && own != null) {
                clearTextHosts.put(new Place(own.key(), own.value()), provider.clearTextHosts(options(own.value())));
            }
            unnamed(name, values);
            return;
        }
        if (own != null) {
            scope.error(
                    "conflict",
                    own.key(),
                    STORE_OPTIONS + " beside a store of this file",
                    "what it is told stands under stores." + name.text());
        }
        Described store = stores.get(name.text());
        values.remove(STORE);
        values.remove(STORE_OPTIONS);
        if (store != null) {
            values.put(STORE, store.kind());
            values.put(STORE_OPTIONS, store.options());
        }
    }

    private static Map<String, String> options(Node options) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (options instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (entry.value() instanceof ScalarNode text && text.readable()) {
                    texts.put(entry.name(), text.text());
                }
            }
        }
        return texts;
    }

    private void unnamed(ScalarNode name, Map<String, Object> values) {
        if (kinds.containsKey(name.text())) {
            return;
        }
        values.remove(STORE);
        values.remove(STORE_OPTIONS);
        if (MODULES.containsKey(name.text())) {
            unknownKind(name);
            return;
        }
        TreeSet<String> known = new TreeSet<>(stores.keySet());
        known.addAll(kinds.keySet());
        scope.unknown("unknown-store", name, "store", name.shown(), known);
    }
}
