package dev.lintel.config.bind;

import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionType;
import dev.lintel.option.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a part of the file what a filter reads its options from, and keeps in mind where each stands. */
final class OptionTrees {

    private final Scope scope;

    OptionTrees(Scope scope) {
        this.scope = scope;
    }

    /** A map of texts, lists and maps. What is secret is hidden; paths of files are resolved. */
    Map<String, Object> of(MapNode map, String path, OptionCatalogue catalogue) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            if (entry.value() instanceof ScalarNode scalar && !scalar.readable()) {
                scope.stands(path + "." + entry.name(), entry.key(), scalar);
                continue;
            }
            Option<?> option = catalogue.find(entry.name()).orElse(catalogue.others());
            scope.stands(path + "." + entry.name(), entry.key(), entry.value());
            if (option != null && option.isSecret()) {
                scope.secret(entry.key(), entry.value());
            } else if (!catalogue.isDescribed() && refers(entry.value())) {
                scope.hide(entry.value());
            }
            options.put(entry.name(), value(entry.value(), path + "." + entry.name(), type(option)));
        }
        return options;
    }

    /** Of an option that nobody describes, a value that comes from elsewhere may be a secret. */
    private static boolean refers(Node node) {
        return node instanceof ScalarNode scalar && scalar.isSubstituted();
    }

    private Object value(Node node, String path, @Nullable OptionType<?> type) {
        if (node instanceof ScalarNode scalar) {
            boolean file = type instanceof ScalarType.File && !scalar.text().isBlank();
            return scalar.isNothing() ? "" : file ? resolved(scalar) : scalar.text();
        }
        if (node instanceof ListNode list) {
            OptionType<?> listed = type instanceof OptionType.ListOrNamed<?, ?> both ? both.list() : type;
            OptionType<?> item = listed instanceof OptionType.Items<?> items ? items.item() : null;
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                Node each = list.items().get(i);
                scope.stands(path + "[" + i + "]", null, each);
                values.add(value(each, path + "[" + i + "]", item));
            }
            return values;
        }
        MapNode map = (MapNode) node;
        if (type instanceof OptionType.Group group) {
            return of(map, path, group.catalogue());
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        OptionType<?> mapped = type instanceof OptionType.ListOrNamed<?, ?> both ? both.named() : type;
        OptionType<?> part = mapped instanceof OptionType.Named<?> named ? named.item() : null;
        for (MapNode.Entry entry : map.entries()) {
            scope.stands(path + "." + entry.name(), entry.key(), entry.value());
            scope.hideIfCredential(entry);
            parts.put(entry.name(), value(entry.value(), path + "." + entry.name(), part));
        }
        return parts;
    }

    private String resolved(ScalarNode scalar) {
        try {
            return scope.resolve(scalar.text()).toString();
        } catch (java.nio.file.InvalidPathException malformed) {
            return scalar.text();
        }
    }

    private static @Nullable OptionType<?> type(@Nullable Option<?> option) {
        return option == null ? null : option.type();
    }
}
