package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the entries of a map: refuses keys given twice, and lays the maps of {@code <<} under its own entries. */
final class MapBuilder {

    private static final String MERGE = "<<";

    private final Position position;
    private final Findings findings;
    private final Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
    private final List<MapNode> under = new ArrayList<>();
    private long size = 1;

    MapBuilder(Position position, Findings findings) {
        this.position = position;
        this.findings = findings;
    }

    void add(Node key, Node value) {
        size += key.size() + value.size();
        if (!(key instanceof ScalarNode name)) {
            findings.error("syntax", key.position(), 1, key.kind() + " as a key", "a text", null);
        } else if (name.text().equals(MERGE) && name.style() == ScalarNode.Style.PLAIN) {
            merge(value);
        } else {
            MapNode.Entry before = entries.putIfAbsent(name.text(), new MapNode.Entry(name, value));
            if (before != null) {
                findings.error(
                        "duplicate-key",
                        name.position(),
                        name.width(),
                        "the key '" + name.text() + "' is given twice",
                        "each key once; it stands in " + place(before.key().position(), name.position()),
                        null);
                mask(value);
            }
        }
    }

    MapNode build() {
        for (MapNode map : under) {
            map.entries().forEach(entry -> entries.putIfAbsent(entry.name(), entry));
        }
        return new MapNode(position, new ArrayList<>(entries.values()), size);
    }

    private void merge(Node value) {
        if (value instanceof MapNode map) {
            under.add(map);
            return;
        }
        boolean maps = value instanceof ListNode list
                && !list.items().isEmpty()
                && list.items().stream().allMatch(MapNode.class::isInstance);
        if (value instanceof ListNode list && maps) {
            list.items().forEach(item -> under.add((MapNode) item));
        } else {
            findings.error("wrong-type", value.position(), value.width(), value.kind() + " under <<", "a map", null);
        }
    }

    private static String place(Position before, Position after) {
        return before.file().equals(after.file()) ? "line " + before.line() : before.toString();
    }

    /** Nobody will ask for it, so nobody will say that it is a secret. */
    private void mask(Node value) {
        Secrets.mask(value, findings);
    }
}
