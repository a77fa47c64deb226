package dev.lintel.config.bind;

import dev.lintel.Destination;
import dev.lintel.GatewayBuilder;
import dev.lintel.RouteBuilder;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads where a route leads: {@code upstream}, {@code answer}, {@code redirect} or {@code hostApplication}. */
final class DestinationFields {

    private static final List<String> KEYS = List.of("upstream", "answer", "redirect", "hostApplication");
    private static final String RULE = "one of " + String.join(", ", KEYS);

    private final Scope scope;
    private final Set<String> upstreams;

    DestinationFields(Scope scope, Set<String> upstreams) {
        this.scope = scope;
        this.upstreams = upstreams;
    }

    MapNode.@Nullable Entry entry(Fields fields) {
        for (String key : KEYS) {
            if (fields.has(key)) {
                return fields.map().entry(key);
            }
        }
        return null;
    }

    /** How the destination is told to a route; does nothing if there is none that could be told, which is noted. */
    Consumer<RouteBuilder> read(Fields fields, Node at) {
        List<Consumer<RouteBuilder>> found = new ArrayList<>();
        ScalarNode upstream = fields.scalar("upstream", "the name of an upstream");
        if (upstream != null) {
            if (!upstreams.contains(upstream.text())) {
                scope.unknown("unknown-upstream", upstream, "upstream", upstream.shown(), upstreams);
            }
            found.add(route -> route.to(upstream.text()));
        }
        answer(fields, found);
        redirect(fields, found);
        fields.on("hostApplication", () -> found.add(RouteBuilder::toHostApplication));
        List<String> given = KEYS.stream().filter(fields::has).toList();
        if (given.isEmpty()) {
            scope.error("missing-key", at, "no destination", RULE);
        } else if (given.size() > 1) {
            MapNode.Entry second = fields.map().entry(given.get(1));
            scope.error("conflict", second == null ? at : second.key(), given.get(1) + " beside " + given.get(0), RULE);
        }
        // the builder would say once more that there is none; an answer of any kind keeps it from that
        return found.size() == 1 && given.size() == 1
                ? found.get(0)
                : route -> route.to(Destination.answer(404, "text/plain", ""));
    }

    /** Reads {@code otherwise}, which has the same forms. */
    void readOtherwise(Fields fields, GatewayBuilder gateway) {
        Consumer<RouteBuilder> to = read(fields, fields.map());
        fields.finish();
        try {
            gateway.otherwise(destination(to));
        } catch (dev.lintel.option.GatewayException wrong) {
            scope.problems(
                    "",
                    wrong.problems().stream()
                            .map(problem -> new dev.lintel.option.Problem(
                                    problem.name().replaceFirst("^otherwise\\.(to|answer|redirect).*", "otherwise.$1"),
                                    problem.value(),
                                    problem.expected()))
                            .toList());
        }
    }

    /** Through a route, which knows how to check destinations. */
    private static Destination destination(Consumer<RouteBuilder> to) {
        RouteBuilder route = dev.lintel.Route.named("otherwise").path("/**");
        to.accept(route);
        return route.build().destination();
    }

    private void answer(Fields fields, List<Consumer<RouteBuilder>> found) {
        Fields answer = fields.map("answer", "{ status: 200, contentType: text/plain, body: text }");
        if (answer == null) {
            return;
        }
        int[] status = {0};
        String[] text = {"text/plain", ""};
        answer.number("status", value -> status[0] = value);
        answer.text("contentType", value -> text[0] = value);
        answer.text("body", value -> text[1] = value);
        require(answer, "status");
        answer.finish();
        if (status[0] != 0) {
            found.add(route -> route.answer(status[0], text[0], text[1]));
        }
    }

    private void redirect(Fields fields, List<Consumer<RouteBuilder>> found) {
        Fields redirect = fields.map("redirect", "{ status: 308, location: /new/** }");
        if (redirect == null) {
            return;
        }
        int[] status = {0};
        String[] location = {""};
        redirect.number("status", value -> status[0] = value);
        redirect.text("location", value -> location[0] = value);
        require(redirect, "status");
        require(redirect, "location");
        redirect.finish();
        if (status[0] != 0 && !location[0].isEmpty()) {
            found.add(route -> route.redirect(status[0], location[0]));
        }
    }

    private void require(Fields fields, String key) {
        if (!fields.has(key)) {
            scope.error("missing-key", fields.map(), key + " is missing", key + ": ...");
        }
    }
}
