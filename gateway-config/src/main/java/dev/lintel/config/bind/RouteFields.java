package dev.lintel.config.bind;

import dev.lintel.RouteBuilder;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.upstream.BodyRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads the options of a route: each has the name of the builder's method. */
final class RouteFields {

    private RouteFields() {}

    static Consumer<RouteBuilder> read(Fields fields) {
        List<Consumer<RouteBuilder>> options = new ArrayList<>();
        fields.number("priority", value -> options.add(route -> route.priority(value)));
        text(fields, "stripPrefix", RouteBuilder::stripPrefix, options);
        text(fields, "setPath", RouteBuilder::setPath, options);
        text(fields, "rewritePath", RouteBuilder::rewritePath, options);
        duration(fields, "connectTimeout", RouteBuilder::connectTimeout, options);
        duration(fields, "firstByteTimeout", RouteBuilder::firstByteTimeout, options);
        duration(fields, "idleTimeout", RouteBuilder::idleTimeout, options);
        duration(fields, "totalTimeout", RouteBuilder::totalTimeout, options);
        duration(fields, "webSocketIdleTimeout", RouteBuilder::webSocketIdleTimeout, options);
        fields.size("maxRequestBody", value -> options.add(route -> route.maxRequestBody(value)));
        fields.number("maxWebSockets", value -> options.add(route -> route.maxWebSockets(value)));
        fields.on("allowEncodedSlashes", () -> options.add(RouteBuilder::allowEncodedSlashes));
        bodyRate(fields, options);
        answers(fields, "rewriteLocations", RouteBuilder::rewriteLocations, options);
        answers(fields, "rewriteCookies", RouteBuilder::rewriteCookies, options);
        return route -> options.forEach(option -> option.accept(route));
    }

    private static void text(
            Fields fields, String key, BiConsumer<RouteBuilder, String> setter, List<Consumer<RouteBuilder>> options) {
        fields.text(key, value -> options.add(route -> setter.accept(route, value)));
    }

    private static void duration(
            Fields fields,
            String key,
            BiConsumer<RouteBuilder, Duration> setter,
            List<Consumer<RouteBuilder>> options) {
        fields.duration(key, value -> options.add(route -> setter.accept(route, value)));
    }

    private static void bodyRate(Fields fields, List<Consumer<RouteBuilder>> options) {
        Fields rate = fields.map("minBodyRate", "{ bytesPerSecond: 240, grace: 30s }");
        if (rate != null) {
            long[] bytes = {BodyRate.DEFAULT.bytesPerSecond()};
            Duration[] grace = {BodyRate.DEFAULT.grace()};
            rate.size("bytesPerSecond", value -> bytes[0] = value);
            rate.duration("grace", value -> grace[0] = value);
            rate.finish();
            options.add(route -> route.minBodyRate(bytes[0], grace[0]));
        }
    }

    /** {@code true}, or what the upstream calls itself, which is as good as {@code true}. */
    private static void answers(
            Fields fields,
            String key,
            BiConsumer<RouteBuilder, String[]> setter,
            List<Consumer<RouteBuilder>> options) {
        Node node = fields.node(key);
        if (node instanceof ScalarNode flag
                && (flag.text().equals("true") || flag.text().equals("false"))) {
            if (flag.text().equals("true")) {
                options.add(route -> setter.accept(route, new String[0]));
            }
            return;
        }
        if (node != null) {
            String[] hosts = fields.texts(key, "true, or what the upstream calls itself: host[:port]");
            options.add(route -> setter.accept(route, hosts));
        }
    }
}
