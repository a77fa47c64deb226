package dev.lintel.config.bind;

import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import jakarta.servlet.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of the file.
 *
 * @param kind its name, such as {@code jwt}; for a class of the user's, its name
 * @param name where the kind is named
 * @param options what it is told; a map, or nothing
 * @param path the full name under which its options stand
 * @param members the filters that it is made of, for {@code anyOf}
 * @param filter the filter; null if it could not be made
 */
public record BoundFilter(
        String kind,
        ScalarNode name,
        Node options,
        String path,
        List<BoundFilter> members,
        @Nullable Filter filter) {

    /** Copies the members. */
    public BoundFilter {
        members = List.copyOf(members);
    }
}
