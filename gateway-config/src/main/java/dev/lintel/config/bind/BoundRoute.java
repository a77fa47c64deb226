package dev.lintel.config.bind;

import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import java.util.List;

/**
 * A route of the file.
 *
 * @param id its id
 * @param names the names of the gateway's routes that it became: its id, and more if its rule can hold in more ways
 * @param at where its id is said, or the route itself
 * @param map what it says
 * @param open whether it says openly that it needs no credential
 * @param filters its filters
 */
public record BoundRoute(String id, List<String> names, Node at, MapNode map, boolean open, List<BoundFilter> filters) {

    /** Copies the lists. */
    public BoundRoute {
        names = List.copyOf(names);
        filters = List.copyOf(filters);
    }
}
