package dev.lintel.admin;

import dev.lintel.Gateway;
import dev.lintel.measure.Measured;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link AdminResource} was asked. A secret, such as a key to look for, belongs into the body of a POST: URLs are kept in
 * histories. Immutable and thread-safe.
 *
 * @param method {@code GET} or {@code POST}; HEAD comes as GET
 * @param parameters the parameters of the query, decoded, in order, each with its values
 * @param body of a POST, at most 64 KiB; empty for GET
 * @param gateway the gateway that serves now
 * @param server what the server tells about itself
 */
public record AdminRequest(
        String method, Map<String, List<String>> parameters, String body, Gateway gateway, List<Measured> server) {

    /** The most octets of a body. */
    public static final int MOST_BODY = 64 * 1024;

    /** Copies the parameters. */
    public AdminRequest {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        server = List.copyOf(server);
    }

    /** The first value of a parameter. */
    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The method and the names of the parameters; values and the body may be secret. */
    @Override
    public String toString() {
        return method + " " + parameters.keySet();
    }
}
