package dev.lintel.config;

import dev.lintel.config.bind.Place;
import dev.lintel.config.report.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the options of a gateway stand in its file, by their full names: {@code server.port}, {@code upstreams.orders.targets},
 * {@code routes.orders.match.path}, {@code routes.orders.filters[0].jwt.audience}. Immutable and thread-safe.
 */
public final class OptionPositions {

    private final Map<String, Position> positions;

    OptionPositions(Map<String, Place> places) {
        Map<String, Position> all = new LinkedHashMap<>();
        places.forEach((path, place) -> all.put(path, place.position()));
        this.positions = java.util.Collections.unmodifiableMap(all);
    }

    /** Where an option stands; empty if the file does not say it. */
    public Optional<Position> of(String path) {
        return Optional.ofNullable(positions.get(path));
    }

    /** Where an option stands or, if the file does not say it, the nearest thing that it belongs to. */
    public Optional<Position> nearest(String path) {
        for (String outer = path; !outer.isEmpty(); outer = outer.substring(0, cut(outer))) {
            Position position = positions.get(outer);
            if (position != null) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }

    /** All of them, in the order of reading. */
    public Map<String, Position> all() {
        return positions;
    }

    private static int cut(String path) {
        return Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')));
    }
}
