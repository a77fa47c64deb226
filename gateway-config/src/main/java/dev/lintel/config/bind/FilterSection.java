package dev.lintel.config.bind;

import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import dev.lintel.filters.anyof.AnyOfFilter;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of filters: {@code - jwt: {...}}, {@code - requestId}, {@code - anyOf: [...]}, {@code - class: com.example.Mine}. An alias
 * stands for the same filter, not for another one with the same options.
 */
final class FilterSection {

    private static final String CLASS = "class";
    private static final String OPTIONS = "options";
    private static final String ANY_OF = "anyOf";
    private static final String FORM = "a filter such as requestId, or jwt: {...}";

    private final Scope scope;
    private final OptionTrees trees;
    private final Consumers consumers;
    private final Stores stores;
    private final Map<String, FilterKind> kinds;
    private final IdentityHashMap<Node, BoundFilter> made = new IdentityHashMap<>();

    FilterSection(Scope scope, Consumers consumers, Stores stores) {
        this.scope = scope;
        this.trees = new OptionTrees(scope);
        this.consumers = consumers;
        this.stores = stores;
        this.kinds = FilterKinds.installed(scope.loader());
    }

    /** The filters of a list; those that cannot be made have no filter. */
    List<BoundFilter> read(List<Node> items, String path) {
        List<BoundFilter> filters = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            String name = path + "[" + i + "]";
            scope.stands(name, null, item);
            BoundFilter filter = made.get(item);
            if (filter == null) {
                filter = filter(item, name);
            }
            if (filter != null) {
                made.put(item, filter);
                filters.add(filter);
            }
        }
        return filters;
    }

    private @Nullable BoundFilter filter(Node item, String path) {
        if (item instanceof ScalarNode name && !name.isNothing()) {
            return ofKind(name, name, path);
        }
        if (item instanceof MapNode map && map.entry(CLASS) != null) {
            return ofClass(map, path);
        }
        if (!(item instanceof MapNode map) || map.entries().isEmpty()) {
            scope.error("wrong-type", item, item.kind() + " in the place of a filter", FORM);
            return null;
        }
        MapNode.Entry entry = map.entries().get(0);
        if (map.entries().size() > 1) {
            ScalarNode second = map.entries().get(1).key();
            scope.error(
                    "bad-filter",
                    second,
                    "'" + second.text() + "' beside '" + entry.name() + "'",
                    "one filter in an item; its options are indented below its name, or in {}");
            map.entries().forEach(other -> scope.hide(other.value()));
            return null;
        }
        return entry.name().equals(ANY_OF)
                ? anyOf(entry.key(), entry.value(), path)
                : ofKind(entry.key(), entry.value(), path);
    }

    private @Nullable BoundFilter ofKind(ScalarNode name, Node options, String item) {
        FilterKind kind = kinds.get(name.text());
        if (kind == null) {
            if (options != name) {
                scope.hide(options);
            }
            List<String> names = new ArrayList<>(kinds.keySet());
            names.add(CLASS);
            scope.unknown("unknown-filter", name, "filter", name.text(), names);
            return null;
        }
        return make(kind, name, options, item + "." + name.text());
    }

    private BoundFilter make(FilterKind kind, ScalarNode name, Node options, String path) {
        scope.stands(path, name, options);
        Map<String, Object> values = new LinkedHashMap<>();
        if (options instanceof MapNode map) {
            values.putAll(trees.of(map, path, kind.catalogue()));
            consumers.complete(kind.name(), map, path, values);
            stores.complete(kind.name(), map, values);
        } else if (options != name && !(options instanceof ScalarNode nothing && nothing.isNothing())) {
            scope.hide(options);
            scope.error("wrong-type", options, kind.name() + ": " + options.kind(), "options, each with its name");
            return new BoundFilter(kind.name(), name, options, path, List.of(), null);
        } else {
            consumers.complete(kind.name(), null, path, values);
        }
        OptionReader reader = OptionReader.ofTree(values);
        Filter filter = kind.make(reader);
        scope.problems(path, reader.problems().list());
        return new BoundFilter(kind.name(), name, options, path, List.of(), filter);
    }

    private @Nullable BoundFilter ofClass(MapNode map, String path) {
        Fields fields = new Fields(map, path, "filter", scope);
        ScalarNode name = fields.scalar(CLASS, "the name of a class");
        Node options = fields.node(OPTIONS);
        fields.finish();
        if (name == null) {
            return null;
        }
        try {
            FilterKind kind = FilterKind.ofClass(name.text(), scope.loader());
            return make(kind, name, options == null ? name : options, path + "." + OPTIONS);
        } catch (IllegalArgumentException unusable) {
            scope.error("bad-class", name, "class: " + name.shown(), "a filter class with a public constructor");
            return null;
        }
    }

    private BoundFilter anyOf(ScalarNode name, Node value, String item) {
        String path = item + "." + ANY_OF;
        scope.stands(path, name, value);
        List<BoundFilter> members =
                value instanceof dev.lintel.config.tree.ListNode list ? read(list.items(), path) : List.of();
        if (!(value instanceof dev.lintel.config.tree.ListNode)) {
            scope.error("wrong-type", value, "anyOf: " + value.kind(), "a list of filters that authenticate");
        }
        return new BoundFilter(ANY_OF, name, value, path, members, together(name, value, path, members));
    }

    private @Nullable Filter together(ScalarNode name, Node value, String path, List<BoundFilter> members) {
        List<AuthenticatingFilter> all = new ArrayList<>();
        for (BoundFilter member : members) {
            if (member.filter() instanceof AuthenticatingFilter one) {
                all.add(one);
            } else if (member.filter() != null) {
                scope.error("bad-value", member.name(), "anyOf: " + member.kind(), "filters that authenticate");
            }
        }
        boolean whole = value instanceof dev.lintel.config.tree.ListNode list
                && list.items().size() == all.size();
        if (!whole) {
            return null;
        }
        if (all.size() < 2) {
            scope.error("bad-value", name, "anyOf: " + all.size() + " filters", "at least two");
            return null;
        }
        try {
            return AnyOfFilter.anyOf(
                    all.get(0), all.get(1), all.subList(2, all.size()).toArray(AuthenticatingFilter[]::new));
        } catch (GatewayException wrong) {
            scope.problems(path, wrong.problems());
            return null;
        }
    }
}
