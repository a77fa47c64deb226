package dev.lintel.config.bind;

import dev.lintel.Gateway;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.server.ServerBuilder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a file comes to.
 *
 * @param gateway the gateway; null if something in the file is wrong
 * @param server what the server is told
 * @param filters the filters for every request
 * @param routes the routes
 * @param upstreams the targets of each upstream
 * @param clearTextHosts the hosts that stores are asked at in clear text, by where that is said
 * @param tests what the file says should become of requests
 * @param places where options stand, by their full names
 * @param hidden what is never shown, by identity
 * @param clearSecrets secrets that stand in the file as they are
 * @param files what is read with the file, and not again by whoever has read it
 */
public record Binding(
        @Nullable Gateway gateway,
        Consumer<ServerBuilder> server,
        List<BoundFilter> filters,
        List<BoundRoute> routes,
        Map<String, List<ScalarNode>> upstreams,
        Map<Place, List<String>> clearTextHosts,
        List<RouteTest> tests,
        Map<String, Place> places,
        Set<Node> hidden,
        List<Place> clearSecrets,
        Set<Path> files) {

    /** What may stand under {@code server} though it is the gateway's, which takes it over with the file. */
    public static final Set<String> GATEWAYS_OWN_UNDER_SERVER = Set.of(GatewaySection.PROXIES, GatewaySection.FIELD);

    /** Copies the lists. */
    public Binding {
        filters = List.copyOf(filters);
        routes = List.copyOf(routes);
        clearTextHosts = Collections.unmodifiableMap(new LinkedHashMap<>(clearTextHosts));
        tests = List.copyOf(tests);
        clearSecrets = List.copyOf(clearSecrets);
        files = Set.copyOf(files);
    }
}
