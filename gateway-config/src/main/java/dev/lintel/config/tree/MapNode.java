package dev.lintel.config.tree;

import dev.lintel.config.report.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map, in which every key is there once.
 *
 * @param position where it begins
 * @param entries its entries, in order
 * @param size how many nodes it is made of
 */
public record MapNode(Position position, List<Entry> entries, long size) implements Node {

    /**
     * A key and its value.
     *
     * @param key the key
     * @param value the value
     */
    public record Entry(ScalarNode key, Node value) {

        /** The key's text. */
        public String name() {
            return key.text();
        }
    }

    /** Copies the entries. */
    public MapNode {
        entries = List.copyOf(entries);
    }

    /** The value of a key, or null. */
    public @Nullable Node get(String key) {
        Entry entry = entry(key);
        return entry == null ? null : entry.value();
    }

    /** The entry of a key, or null. */
    public @Nullable Entry entry(String key) {
        for (Entry entry : entries) {
            if (entry.name().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public String kind() {
        return "a map";
    }
}
