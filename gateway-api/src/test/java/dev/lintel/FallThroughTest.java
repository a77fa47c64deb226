package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallThroughTest {

    private static final Filter JWT = new MarkedFilter(Stage.AUTHENTICATION);
    private static final Filter FOREIGN = (request, response, chain) -> chain.doFilter(request, response);

    /** Routes as {@code name[!][?condition][^priority] METHODS [host]path}; with {@code !} they are protected. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "a! GET /admin/** | b - /** => a>b",
                "b - /** | a! GET /admin/** => a>b",
                "a! GET /admin/** | b - /{x}/** => a>b",
                "a! GET /admin/{id} | b - /admin/** => a>b",
                "a! GET /admin | b - /{x} => a>b",
                "a! GET /{x}/y | b - /{x}/{y} => a>b",
                "a! GET /a | b POST /** => a>b",
                "a! GET a.test/admin/** | b - *.test/admin/** => a>b",
                "a! GET a.test/x | b - /x => a>b",
                "a! GET *.a.test/x | b - *.test/** => a>b",
                "a!? GET /admin/** | b - /admin/** => a>b",
                "a!^1 GET /admin/** | b - /admin/** => a>b",
                "a! GET /admin/** | c! POST /admin/** | b - /** => a>b c>b",
                "a! GET /admin/** | c!? - /admin/** | b - /** => a>b",
                "a! GET /admin/** | c - /admin/x/** | b! - /** => ''",
                "a! GET /admin/** | b! - /** => ''",
                "a! - /admin/** | b - /** => ''",
                "a GET /admin/** | b - /** => ''",
                "a! GET /admin/** | b - /other/** => ''",
                "a! GET /admin/** | b GET,HEAD /** => ''",
                "a! GET /admin/** | c! POST /admin/** | b GET,POST /** => ''",
                "a! GET /admin/** | c! - /admin/** ^-1 | b - /** => ''",
                "a! GET /admin/** | c! - /{x}/** | b - /** => ''",
                "a! GET /admin | b - /admin/ => ''",
                "a! GET /admin | b - /admin/{x} => ''",
                "a! GET /{x} | b - /admin => ''",
                "a! GET /x | b - a.test/** => ''",
                "a! GET a.test/x | b - b.test/** => ''",
                "a! GET a.test/x | b - *.other.test/** => ''",
                "a! GET /admin/** | b =405 /** => ''"
            })
    void namesTheRouteThatAnswersTheOtherMethodsWithoutProtection(String routes, String expected) {
        List<Route> built = new ArrayList<>();
        for (String description : routes.split(" \\| ", -1)) {
            built.add(route(description.replaceFirst(" \\^", "^").split(" ", -1), description));
        }
        List<String> found = FallThrough.warnings(built).stream()
                .map(warning -> warning.replaceAll("route (\\w+): .* by route (\\w+) on .*", "$1>$2"))
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    private static Route route(String[] parts, String description) {
        String name = parts[0].substring(0, 1);
        RouteBuilder route = Route.named(name);
        if (parts[0].contains("!")) {
            route.filter(JWT);
        }
        if (parts[0].contains("?")) {
            route.header("X-A", "b");
        }
        int priority = description.indexOf('^');
        if (priority >= 0) {
            route.priority(description.charAt(priority + 1) == '-' ? -1 : 1);
        }
        if (parts[1].equals("=405")) {
            route.answer(405, "text/plain", "no");
        } else {
            route.answer(200, "text/plain", "yes");
        }
        if (Character.isUpperCase(parts[1].charAt(0))) {
            route.methods(parts[1].split(",", -1));
        }
        int path = parts[2].indexOf('/');
        if (path > 0) {
            route.host(parts[2].substring(0, path));
        }
        String pattern = parts[2].substring(path);
        return route.path(pattern.contains("^") ? pattern.substring(0, pattern.indexOf('^')) : pattern)
                .build();
    }

    @Test
    void countsFiltersThatDoNotSayWhatTheyAreAndLeavesOutThoseThatOnlyLimit() {
        Route open = Route.named("open").path("/**").answer(200, "", "").build();
        assertThat(FallThrough.warnings(List.of(get(FOREIGN), open))).hasSize(1);
        assertThat(FallThrough.warnings(List.of(get(new MarkedFilter(Stage.ADDRESS_LIMIT)), open)))
                .isEmpty();
    }

    @Test
    void isAmongTheWarningsOfAGateway() {
        Gateway gateway = Gateway.builder()
                .route(get(JWT))
                .route(Route.named("open").path("/**").answer(200, "", ""))
                .build();
        assertThat(gateway.warnings())
                .containsExactly(
                        "route admin: answers only GET, HEAD on /admin/**, so that other methods are answered by"
                                + " route open on /** without the same protection (expected: all methods, or a route for the"
                                + " others)");
    }

    private static Route get(Filter filter) {
        return Route.named("admin")
                .path("/admin/**")
                .methods("GET")
                .filter(filter)
                .answer(200, "", "")
                .build();
    }
}
