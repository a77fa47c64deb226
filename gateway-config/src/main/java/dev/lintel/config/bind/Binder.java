package dev.lintel.config.bind;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.config.report.Findings;
import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds the sections of a file, all of them whatever is wrong in one, so that every problem is known after one run. The builders
 * decide what is right; here their problems get a place.
 */
public final class Binder {

    private static final String VERSION = "1";
    private static final Problem NO_ROUTES = new Problem("routes", "none", "at least one route");

    private final Scope scope;

    private Binder(Scope scope) {
        this.scope = scope;
    }

    /**
     * Binds a file.
     *
     * @param root its sections
     * @param folder what paths in it are relative to
     * @param loader finds the classes that it names, and filters that libraries bring
     * @param findings where problems are noted
     */
    public static Binding bind(MapNode root, Path folder, ClassLoader loader, Findings findings) {
        return new Binder(new Scope(findings, folder, loader, root)).bind(root);
    }

    private Binding bind(MapNode root) {
        Fields file = new Fields(root, "", "the file", scope);
        GatewayBuilder gateway = Gateway.builder();
        version(file);
        Fields server = server(file);
        new GatewaySection(scope).read(file, server, gateway);
        ServerSection options = new ServerSection(scope);
        options.read(server);
        server.finish();
        options.check();
        UpstreamSection upstreams = new UpstreamSection(scope);
        Fields named = file.map("upstreams", "a map of names and targets");
        if (named != null) {
            upstreams.read(named.map(), gateway);
        }
        Consumers consumers = new Consumers(scope);
        consumers.read(file.items("consumers", "a list of consumers"));
        Stores stores = new Stores(scope);
        Fields shared = file.map("stores", "a map of names and stores");
        if (shared != null) {
            stores.read(shared.map());
        }
        FilterSection filters = new FilterSection(scope, consumers, stores);
        List<BoundFilter> all = filters.read(file.items("filters", "a list of filters"), "filters");
        all.forEach(filter -> add(gateway, filter));
        RouteSection routes = new RouteSection(scope, filters, upstreams.names());
        routes.read(file.items("routes", "a list of routes"), gateway);
        otherwise(file, routes, gateway);
        TestSection tests = new TestSection(scope, names(routes));
        tests.read(file.items("tests", "a list of tests"));
        file.node("lint");
        file.finish();
        boolean tried =
                root.get("routes") instanceof ListNode list ? !list.items().isEmpty() : file.has("routes");
        Gateway built = build(gateway, tried);
        return new Binding(
                built,
                options.options(),
                all,
                routes.routes(),
                upstreams.targets(),
                stores.clearTextHosts(),
                tests.tests(),
                scope.places(),
                scope.hidden(),
                scope.clearSecrets(),
                scope.files());
    }

    private void version(Fields file) {
        ScalarNode version = file.scalar("version", VERSION);
        if (version != null && !version.text().equals(VERSION)) {
            scope.wrong("version", version, VERSION);
        }
        if (!file.has("version")) {
            scope.error("missing-key", file.map(), "no version", "version: " + VERSION);
        }
    }

    private Fields server(Fields file) {
        Fields server = file.map("server", "a map of options");
        return server == null
                ? new Fields(new MapNode(file.map().position(), List.of(), 1), "server", "server", scope)
                : server;
    }

    private void otherwise(Fields file, RouteSection routes, GatewayBuilder gateway) {
        Fields otherwise = file.map("otherwise", "a destination such as { upstream: orders }");
        if (otherwise != null) {
            routes.destinations().readOtherwise(otherwise, gateway);
        }
    }

    private static void add(GatewayBuilder gateway, BoundFilter bound) {
        if (bound.filter() != null) {
            gateway.filter(bound.filter());
        }
    }

    private static Set<String> names(RouteSection routes) {
        Set<String> names = new java.util.LinkedHashSet<>();
        routes.routes().forEach(route -> names.add(route.id()));
        return names;
    }

    private @Nullable Gateway build(GatewayBuilder gateway, boolean tried) {
        try {
            Gateway built = gateway.build();
            return scope.findings().hasErrors() ? null : built;
        } catch (GatewayException wrong) {
            List<Problem> problems = new ArrayList<>(wrong.problems());
            // of routes that are all wrong, that there is none is nothing new
            problems.removeIf(problem -> tried && problem.equals(NO_ROUTES));
            scope.problems("", problems);
            return null;
        }
    }
}
