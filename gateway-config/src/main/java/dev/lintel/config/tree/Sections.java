package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays the maps of several files together: lists one after the other, maps entry by entry, and single values only where all
 * files say the same.
 */
final class Sections {

    private final Findings findings;
    private final Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
    private @Nullable MapNode first;

    Sections(Findings findings) {
        this.findings = findings;
    }

    void add(MapNode file) {
        if (first == null) {
            first = file;
        }
        for (MapNode.Entry entry : file.entries()) {
            String name = entry.name();
            if (name.equals(Inclusion.KEY) || name.startsWith("x-")) {
                continue;
            }
            MapNode.Entry before = entries.get(name);
            entries.put(name, before == null ? entry : new MapNode.Entry(before.key(), both(before, entry)));
        }
    }

    @Nullable
    MapNode merged() {
        MapNode root = first;
        return root == null ? null : new MapNode(root.position(), new ArrayList<>(entries.values()), root.size());
    }

    private Node both(MapNode.Entry before, MapNode.Entry after) {
        if (before.value() instanceof ListNode one && after.value() instanceof ListNode other) {
            List<Node> items = new ArrayList<>(one.items());
            items.addAll(other.items());
            return new ListNode(one.position(), items, one.size() + other.size());
        }
        if (before.value() instanceof MapNode one && after.value() instanceof MapNode other) {
            MapBuilder all = new MapBuilder(one.position(), findings);
            one.entries().forEach(entry -> all.add(entry.key(), entry.value()));
            other.entries().forEach(entry -> all.add(entry.key(), entry.value()));
            return all.build();
        }
        boolean same = before.value() instanceof ScalarNode one
                && after.value() instanceof ScalarNode other
                && one.text().equals(other.text());
        if (!same) {
            findings.error(
                    "duplicate-key",
                    after.key().position(),
                    after.key().width(),
                    "the key '" + after.name() + "' is given twice",
                    "each key once; it stands in " + before.key().position(),
                    null);
        }
        return before.value();
    }
}
