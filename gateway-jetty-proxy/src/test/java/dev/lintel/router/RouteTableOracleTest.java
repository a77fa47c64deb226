package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Route;
import dev.lintel.request.PathPattern;
import dev.lintel.request.RequestPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares the compiled table with a plain reading of the rule, over many generated tables and paths. */
class RouteTableOracleTest {

    private static final List<String> SEGMENTS = List.of("a", "b", "c", "{x}", "{y}", "*");
    private static final Comparator<List<PathPattern.Segment>> LEFT_TO_RIGHT = (one, other) -> {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).kind().compareTo(other.get(i).kind());
            if (order != 0) {
                return order;
            }
        }
        // the shorter one is exact where the longer one goes on with **
        return Integer.compare(one.size(), other.size());
    };

    private final Random random = new Random(20240917);

    @Test
    void agreesWithAPlainReadingOfTheRule() {
        for (int round = 0; round < 400; round++) {
            List<Route> routes = routes(1 + random.nextInt(30));
            RouteTable table = RouteTable.compile(routes);
            for (int i = 0; i < 100; i++) {
                RequestPath path = RequestPath.parse(path());
                Route expected = routes.stream()
                        .filter(route -> route.path().matches(path))
                        .min(Comparator.comparing(route -> route.path().segments(), LEFT_TO_RIGHT))
                        .orElse(null);
                assertThat(table.find("h", path, "GET"))
                        .as(
                                "%s among %s",
                                path, routes.stream().map(Route::path).toList())
                        .isSameAs(expected);
            }
        }
    }

    private List<Route> routes(int count) {
        List<Route> routes = new ArrayList<>();
        Set<String> shapes = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String pattern = pattern();
            if (shapes.add(PathPattern.parse(pattern).shape())) {
                routes.add(
                        Route.named("r" + i).path(pattern).answer(200, "", "").build());
            }
        }
        return routes;
    }

    private String pattern() {
        StringBuilder text = new StringBuilder();
        Set<String> used = new HashSet<>();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            String segment = SEGMENTS.get(random.nextInt(SEGMENTS.size()));
            text.append('/').append(segment.startsWith("{") && !used.add(segment) ? "*" : segment);
        }
        return text.append(List.of("", "/", "/**").get(random.nextInt(text.isEmpty() ? 2 : 3)))
                        .isEmpty()
                ? "/"
                : text.toString();
    }

    private String path() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            text.append('/').append("abcd".charAt(random.nextInt(4)));
        }
        return text.isEmpty() || random.nextInt(4) == 0 ? text.append('/').toString() : text.toString();
    }
}
