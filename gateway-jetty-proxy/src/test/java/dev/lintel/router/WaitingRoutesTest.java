package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingRoutesTest {

    private static final Filter MAY_WAIT = (request, response, chain) -> chain.doFilter(request, response);

    @ParameterizedTest
    @CsvSource({
        "/quick, false",
        "/waiting, true",
        "/waiting/a/b, true",
        "/waiting/quick, true",
        "/only/on/one/host, true",
        "/short, false",
        "/long, true",
        "/nowhere, false",
        "/waiting/%2e%2e/quick, false",
        "*, false"
    })
    void knowsByPathWhatMayWait(String path, boolean expected) {
        Gateway gateway = gateway()
                .filter(new Marked(true))
                .route(Route.named("quick")
                        .path("/quick")
                        .filter(new Marked(true))
                        .to("service"))
                .route(Route.named("waiting")
                        .path("/waiting/**")
                        .methods("POST")
                        .filter(new Marked(true))
                        .filter(MAY_WAIT)
                        .to("service"))
                // which of the two it is depends on the method, too
                .route(Route.named("below")
                        .path("/waiting/quick")
                        .methods("GET")
                        .to("service"))
                .route(Route.named("one-host")
                        .host("one.example")
                        .path("/only/**")
                        .filter(MAY_WAIT)
                        .to("service"))
                .route(Route.named("short").path("/short").answer(200, "text/plain", "short"))
                .route(Route.named("long").path("/long").answer(200, "text/plain", "l".repeat(2049)))
                .build();
        assertThat(WaitingRoutes.of(gateway).mayWait(path)).isEqualTo(expected);
    }

    @Test
    void takesEverythingForWaitingThatFiltersOfAllMayHoldUp() {
        Gateway gateway = gateway()
                .filter(MAY_WAIT)
                .route(Route.named("quick").path("/quick").to("service"))
                .build();
        assertThat(WaitingRoutes.of(gateway).mayWait("/quick")).isTrue();
        assertThat(WaitingRoutes.of(gateway).mayWait("/nowhere")).isTrue();
    }

    @Test
    void asksFiltersThatAreMadeOfOthers() {
        Gateway gateway = gateway()
                .route(Route.named("quick")
                        .path("/quick")
                        .filter(new Marked(false))
                        .to("service"))
                .build();
        assertThat(WaitingRoutes.of(gateway).mayWait("/quick")).isTrue();
    }

    @Test
    void knowsNothingOfWritersThatSayNothing() {
        Gateway gateway = gateway()
                .rejectionWriter((request, response, rejection, id) -> response.setStatus(rejection.status()))
                .route(Route.named("quick").path("/quick").to("service"))
                .build();
        assertThat(WaitingRoutes.of(gateway).mayWait("/quick")).isTrue();
    }

    private static GatewayBuilder gateway() {
        return Gateway.builder().upstream(Upstream.named("service").target("http://localhost:1"));
    }

    private record Marked(boolean neverWaits) implements Filter, NonWaiting {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }
}
