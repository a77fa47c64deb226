package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.CapturedLog;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a filter that authenticates says at start of the servlets beside it. */
class UnguardedServletsTest {

    private static final ServletSetup.Body HELLO =
            (request, response) -> response.getWriter().print("hello");

    @ParameterizedTest
    @EnumSource(Container.class)
    void warnsOfAServletThatIsGuardedInOnePlaceOnly(Container container) {
        assertThat(told(container, "/api/*", "/api/orders/*", "/v1/orders/*"))
                .singleElement()
                .asString()
                .contains("keys: does not guard servlet orders at [/v1/orders/*]")
                .contains("all of [/api/orders/*, /v1/orders/*] guarded")
                .contains("<servlet-name>orders</servlet-name>");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void namesServletsThatAreOpenAltogetherAndNotTheContainersOwn(Container container) {
        assertThat(told(container, "/api/*", "/status", "/v1/*"))
                .singleElement()
                .asString()
                .contains("INFO")
                .endsWith("{orders=[/status, /v1/*]}");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void saysNothingWhereAllIsGuarded(Container container) {
        assertThat(told(container, "/api/*", "/api", "/api/orders/*")).isEmpty();
        assertThat(told(container, "/*", "/", "*.do")).isEmpty();
        assertThat(told(container, "*.do", "/a/b.do", "*.do")).isEmpty();
    }

    private static List<String> told(Container container, String pattern, String... mappings) {
        ApiKeyAuthFilter filter = ApiKeyAuthFilter.builder()
                .key("shop", "c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c")
                .build();
        try (CapturedLog log = CapturedLog.start()) {
            WebApp.on(container)
                    .filter(FilterSetup.of("keys", filter).patterns(pattern))
                    .servlet(ServletSetup.of("orders", HELLO).patterns(mappings))
                    .start()
                    .close();
            return log.lines().stream().filter(line -> line.contains("keys:")).toList();
        }
    }
}
