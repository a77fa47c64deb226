package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.explain.Candidate;
import dev.lintel.explain.Candidate.Reason;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.option.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearRoutesTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(fixed("orders", "/orders/{id}").methods("GET"))
            .route(fixed("mine", "/orders/mine"))
            .route(fixed("second", "/orders/{id}").methods("GET").header("X-Version", "2"))
            .route(fixed("query", "/orders/{id}").methods("GET").query("v", "3").priority(1))
            .route(fixed("cookie", "/orders/{id}")
                    .methods("GET")
                    .cookie("kind", "b")
                    .priority(2))
            .route(fixed("office", "/orders/{id}")
                    .methods("GET")
                    .clientAddress("192.0.2.0/24")
                    .priority(3))
            .route(fixed("low", "/orders/{id}")
                    .methods("GET")
                    .clientAddress("192.0.2.0/24")
                    .priority(-3))
            .route(fixed("slash", "/orders/{id}/"))
            .route(fixed("deep", "/orders/{id}/lines"))
            .route(fixed("host", "/orders/{id}").host("api.example.com"))
            .route(fixed("all", "/**"))
            .build();

    private static RouteBuilder fixed(String name, String path) {
        return Route.named(name).path(path).answer(200, "text/plain", name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mine   | PATH           | segment 2 is 7, not mine (/orders/mine)",
                "second | HEADER         | header X-Version is not 2",
                "query  | QUERY          | query v is not 3",
                "cookie | COOKIE         | cookie kind is not b",
                "office | ADDRESS        | client is not from [192.0.2.0/24]",
                "slash  | TRAILING_SLASH | the path does not end with a slash (/orders/{id}/)",
                "deep   | PATH           | segment 3 is missing, not lines (/orders/{id}/lines)",
                "host   | HOST           | host is localhost, not api.example.com",
                "all    | LESS_SPECIFIC  | segment 1 ** is less specific than orders of orders"
            })
    void saysWhyEachOtherRouteIsNotTaken(String route, Reason reason, String detail) {
        Explanation told = Explainer.of(GATEWAY).explain(RequestDescription.of("GET", "/orders/7"));
        assertThat(told.route()).isEqualTo("orders");
        assertThat(told.others())
                .filteredOn(other -> other.route().equals(route))
                .containsExactly(new Candidate(route, "routes." + route, reason, detail));
    }

    @ParameterizedTest
    @CsvSource({
        "orders, METHOD, 'method is PUT, not one of GET, HEAD'",
        "mine, PATH, 'segment 2 is 7, not mine (/orders/mine)'"
    })
    void saysThatAMethodIsNotARoutes(String route, Reason reason, String detail) {
        Explanation told = Explainer.of(GATEWAY).explain(RequestDescription.of("PUT", "/orders/7"));
        assertThat(told.route()).isEqualTo("all");
        assertThat(told.others()).contains(new Candidate(route, "routes." + route, reason, detail));
    }

    @Test
    void saysWhatMadeTheDifferenceBetweenTwoThatMatch() {
        Explanation told = Explainer.of(GATEWAY)
                .explain(RequestDescription.of("GET", "/orders/7").from("192.0.2.1"));
        assertThat(told.route()).isEqualTo("office");
        assertThat(told.others())
                .contains(
                        new Candidate("low", "routes.low", Reason.PRIORITY, "priority -3 is lower than 3 of office"),
                        new Candidate(
                                "orders",
                                "routes.orders",
                                Reason.LESS_SPECIFIC,
                                "it has 0 conditions, fewer than 1 of office"));
    }

    @Test
    void tellsOfTheNearestOfTenThousandAndCountsTheRest() {
        GatewayBuilder gateway = Gateway.builder();
        for (int i = 0; i < 10_000; i++) {
            gateway.route(fixed("r" + i, "/a" + i % 100 + "/b" + i / 100).methods("POST"));
        }
        Explanation told = Explainer.of(gateway.build()).explain(RequestDescription.of("GET", "/a7/b7"));
        assertThat(told.status()).isEqualTo(405);
        assertThat(told.others()).hasSize(Explainer.NEAREST_ROUTES);
        assertThat(told.others().get(0).reason()).isEqualTo(Reason.METHOD);
        assertThat(told.others().get(0).route()).isEqualTo("r707");
        assertThat(told.others().subList(1, 10))
                .allMatch(other -> other.detail().startsWith("segment 2 is b7, not b"));
        assertThat(told.furtherOthers()).isEqualTo(9_990);
    }

    /** The reasons come from other code than the search: that they never contradict it is tried out. */
    @Test
    void neverContradictsTheSearch() {
        Random random = new Random(20);
        Set<Reason> seen = new TreeSet<>();
        for (int round = 0; round < 400; round++) {
            GatewayBuilder builder = Gateway.builder();
            List<Route> routes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Route route = anyRoute(random, i).build();
                routes.add(route);
                builder.route(route);
            }
            Gateway gateway;
            try {
                gateway = builder.build();
            } catch (GatewayException ambiguous) {
                continue;
            }
            for (int i = 0; i < 10; i++) {
                RequestDescription request = anyRequest(random);
                Explanation told = Explainer.of(gateway).explain(request);
                for (Candidate other : told.others()) {
                    seen.add(other.reason());
                    Route alone = routes.stream()
                            .filter(route -> route.name().equals(other.route()))
                            .findFirst()
                            .orElseThrow();
                    boolean matches = alone.name()
                            .equals(Explainer.of(Gateway.builder().route(alone).build())
                                    .explain(request)
                                    .route());
                    assertThat(other.reason() == Reason.LESS_SPECIFIC || other.reason() == Reason.PRIORITY)
                            .as(() -> request + " " + request.headers() + "\n" + told)
                            .isEqualTo(matches);
                }
            }
        }
        assertThat(seen).containsExactly(Reason.values());
    }

    private static RouteBuilder anyRoute(Random random, int number) {
        String[] paths = {"/a", "/a/", "/{x}", "/a/{y}", "/a/b", "/a/**", "/**", "/{x}/b", "/a/b/c"};
        RouteBuilder route =
                fixed("r" + number, paths[random.nextInt(paths.length)]).priority(random.nextInt(9));
        switch (random.nextInt(9)) {
            case 0 -> route.methods("GET");
            case 1 -> route.methods("POST");
            case 2 -> route.header("X-A", "1");
            case 3 -> route.query("q", "1");
            case 4 -> route.cookie("c", "1");
            case 5 -> route.clientAddress("192.0.2.0/24");
            case 6 -> route.host("*.example.com");
            case 7 -> route.host("a.example.com");
            default -> {}
        }
        return route;
    }

    private static RequestDescription anyRequest(Random random) {
        String[] paths = {"/a", "/a/", "/x", "/a/b", "/a/c", "/x/b", "/a/b/c", "/a/b/c/d"};
        RequestDescription request = RequestDescription.of(
                random.nextBoolean() ? "GET" : "POST",
                paths[random.nextInt(paths.length)] + (random.nextBoolean() ? "?q=1" : ""));
        request = random.nextBoolean() ? request.header("X-A", "1") : request;
        request = random.nextBoolean() ? request.header("Cookie", "c=1") : request;
        request = random.nextBoolean() ? request.header("Host", "a.example.com") : request;
        return random.nextBoolean() ? request.from("192.0.2.9") : request;
    }
}
