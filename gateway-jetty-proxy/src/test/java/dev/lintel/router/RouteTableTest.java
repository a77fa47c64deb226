package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.request.RequestPath;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private static final RouteTable TABLE = RouteTable.compile(Stream.of(
                    Route.named("root").path("/"),
                    Route.named("users").path("/users"),
                    Route.named("users-slash").path("/users/"),
                    Route.named("user").path("/users/{id}"),
                    Route.named("me").path("/users/me").methods("GET"),
                    Route.named("users-rest").path("/users/**"),
                    Route.named("orders").path("/users/{id}/orders").methods("POST"),
                    Route.named("files").path("/files/**"),
                    Route.named("spaced").path("/a b/ü"),
                    Route.named("api-host").host("api.example.com").path("/users/**"),
                    Route.named("any-sub").host("*.example.com").path("/users"),
                    Route.named("deep-sub").host("*.deep.example.com").path("/users"),
                    Route.named("tenant").path("/users/{id}").header("X-Tenant", "a"),
                    Route.named("tenant-beta")
                            .path("/users/{id}")
                            .header("X-Tenant", "a")
                            .query("beta", "1"))
            .map(builder -> builder.answer(200, "text/plain", "").build())
            .toList());

    @ParameterizedTest(name = "{0} {1} on {2} leads to {3}")
    @CsvSource({
        "GET,  /,                  x.test,                root",
        "GET,  /users,             x.test,                users",
        "GET,  /users/,            x.test,                users-slash",
        "GET,  /users/7,           x.test,                user",
        "GET,  /users/7/,          x.test,                users-rest",
        "GET,  /users/me,          x.test,                me",
        "HEAD, /users/me,          x.test,                me",
        "PUT,  /users/me,          x.test,                user",
        "GET,  /users/7/orders,    x.test,                users-rest",
        "POST, /users/7/orders,    x.test,                orders",
        "GET,  /files,             x.test,                files",
        "GET,  /files/,            x.test,                files",
        "GET,  /files/a/b/c,       x.test,                files",
        "GET,  /%66iles/a,         x.test,                files",
        "GET,  /a%20b/%C3%BC,      x.test,                spaced",
        "GET,  /filesx,            x.test,                ",
        "GET,  /FILES/a,           x.test,                ",
        "GET,  /users/7,           api.example.com,       api-host",
        "GET,  /files/a,           api.example.com,       files",
        "GET,  /users,             a.b.example.com,       any-sub",
        "GET,  /users,             a.deep.example.com,    deep-sub",
        "GET,  /users,             example.com,           users",
        "GET,  /users,             badexample.com,        users",
    })
    void findsTheMostSpecificRoute(String method, String path, String host, String expected) {
        Route found = TABLE.find(host, RequestPath.parse(path), method);
        assertThat(found == null ? null : found.name()).isEqualTo(expected);
    }

    @Test
    void prefersMoreConditionsThatAreMet() {
        assertThat(nameWith(Set.of("X-Tenant"))).isEqualTo("tenant");
        assertThat(nameWith(Set.of("X-Tenant", "beta"))).isEqualTo("tenant-beta");
        assertThat(nameWith(Set.of("beta"))).isEqualTo("user");
    }

    @Test
    void tellsTheMethodsOfAllRoutesThatMatchOtherwise() {
        RouteTable table = table(
                Route.named("get").path("/x/{id}").methods("GET"),
                Route.named("put").path("/x/7").methods("PUT"),
                Route.named("post").host("h.test").path("/x/**").methods("POST"),
                Route.named("other").path("/y").methods("DELETE"));
        assertThat(table.find("h.test", RequestPath.parse("/x/7"), "PATCH")).isNull();
        assertThat(table.allowed("h.test", RequestPath.parse("/x/7"), condition -> true))
                .containsExactly("GET", "HEAD", "POST", "PUT");
        assertThat(table.allowed("i.test", RequestPath.parse("/x/8"), condition -> true))
                .containsExactly("GET", "HEAD");
        assertThat(table.allowed("i.test", RequestPath.parse("/z"), condition -> true))
                .isEmpty();
    }

    @Test
    void letsPriorityDecideBetweenEqualRoutes() {
        RouteTable table = table(
                Route.named("low").path("/x").priority(1),
                Route.named("high").path("/x").priority(2));
        assertThat(table.find("h", RequestPath.parse("/x"), "GET"))
                .extracting(Route::name)
                .isEqualTo("high");
    }

    private static String nameWith(Set<String> met) {
        Route route = TABLE.find("h", RequestPath.parse("/users/7"), "GET", c -> met.contains(c.name()));
        return route == null ? "none" : route.name();
    }

    private static RouteTable table(RouteBuilder... routes) {
        return RouteTable.compile(List.of(routes).stream()
                .map(r -> r.answer(200, "text/plain", "").build())
                .toList());
    }
}
