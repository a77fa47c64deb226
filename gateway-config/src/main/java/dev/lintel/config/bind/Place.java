package dev.lintel.config.bind;

import dev.lintel.config.report.Position;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import org.jspecify.annotations.Nullable;

/**
 * Where an option stands.
 *
 * @param key its key; null for an item of a list
 * @param value its value
 */
public record Place(@Nullable ScalarNode key, Node value) {

    /** The key's place, or the item's. */
    public Position position() {
        return key == null ? value.position() : key.position();
    }

    /** How many characters the key takes, or the item. */
    public int width() {
        return key == null ? value.width() : key.width();
    }
}
