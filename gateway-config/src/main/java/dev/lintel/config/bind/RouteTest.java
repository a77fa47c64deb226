package dev.lintel.config.bind;

import dev.lintel.config.report.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the file itself says should become of a request; what is not expected is null.
 *
 * @param name what it is called; its request unless it has a name
 * @param position where it stands
 * @param method the method
 * @param target path and query
 * @param headers the request's fields, {@code Host} among them
 * @param clientAddress where it comes from, or null for anywhere
 * @param route the name of the route that it should meet; {@code none} for no route
 * @param status the status that it should be answered with
 * @param upstreamPath the path, with its query, that the upstream should see
 */
public record RouteTest(
        String name,
        Position position,
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String clientAddress,
        @Nullable String route,
        @Nullable Integer status,
        @Nullable String upstreamPath) {

    /** Stands for no route. */
    public static final String NO_ROUTE = "none";

    /** Copies the fields. */
    public RouteTest {
        headers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(headers));
    }
}
