package dev.lintel.config.tree;

import dev.lintel.config.report.Position;
import java.util.List;

/**
 * A list.
 *
 * @param position where it begins
 * @param items its items, in order
 * @param size how many nodes it is made of
 */
public record ListNode(Position position, List<Node> items, long size) implements Node {

    /** Copies the items. */
    public ListNode {
        items = List.copyOf(items);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public String kind() {
        return "a list";
    }
}
