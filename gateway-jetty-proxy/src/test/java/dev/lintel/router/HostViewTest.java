package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.request.HeaderSelector;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application behind a gateway sees of requests, and can do to answers. */
class HostViewTest {

    private static WebApp.Builder behind(Container container, Filter... filters) {
        var gateway = Gateway.builder().route(Route.named("app").path("/**").toHostApplication());
        for (Filter filter : filters) {
            gateway.filter(filter);
        }
        return WebApp.on(container).filter("router", new RouterFilter(gateway.build()));
    }

    /** Tomcat shows none unless its connector is told which. */
    @Test
    void hidesForgedIdentityInTrailers() {
        try (WebApp app = behind(Container.JETTY_EE10)
                .serve("/*", (request, response) -> {
                    int length = request.getInputStream().readAllBytes().length;
                    response.getWriter().print(length + " " + request.getTrailerFields());
                })
                .start()) {
            RawRequest forging = RawRequest.post("/x")
                    .chunkedWithTrailers(
                            List.of("body"), "X-User-ID: root", "x.user.id: root", "XUserRole: admin", "X-Checksum: 7");
            assertThat(RawClient.exchange(app.port(), forging).bodyText()).isEqualToIgnoringCase("4 {x-checksum=7}");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsWhatFiltersRemovedFromAnswersByEveryMethodThatCouldSetIt(Container container) {
        Filter removing = (request, response, chain) -> {
            facts(request)
                    .responseHeaders()
                    .remove(HeaderSelector.of("Content-Type", "Content-Language", "Content-Length"));
            chain.doFilter(request, response);
        };
        try (WebApp app = behind(container, removing)
                .serve("/*", (request, response) -> {
                    response.setContentType("text/x-secret");
                    response.setLocale(Locale.GERMANY);
                    response.setContentLength(5);
                    response.setContentLengthLong(5);
                    response.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                    response.flushBuffer();
                })
                .start()) {
            RawResponse answer = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(answer.bodyText()).isEqualTo("hello");
            assertThat(answer.hasHeader("Content-Type")).isFalse();
            assertThat(answer.hasHeader("Content-Language")).isFalse();
            assertThat(answer.hasHeader("Content-Length")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsTheTypeThatAFilterWrote(Container container) {
        Filter writing = (request, response, chain) -> {
            facts(request).responseHeaders().set("Content-Type", "text/x-ours");
            chain.doFilter(request, response);
        };
        try (WebApp app = behind(container, writing)
                .serve("/*", (request, response) -> {
                    response.setContentType("text/x-theirs");
                    response.reset();
                    response.setContentType("text/x-theirs");
                    response.getOutputStream().print("hello");
                })
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x")).header("Content-Type"))
                    .isEqualTo("text/x-ours");
        }
    }

    /** The port that a container knows otherwise, as from a target in absolute form, has to be that of the Host field. */
    @ParameterizedTest
    @CsvSource({
        "x.test:8080, 8080, 200",
        "x.test:8080, 9090, 400",
        "x.test:8080, 80, 200",
        "x.test:80, 80, 200",
        "x.test, 9090, 200",
        "x.test:8080, -1, 200"
    })
    void isNotReachedUnderTwoPorts(String host, int port, int status) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("all").path("/**").answer(200, "text/plain", "in"))
                .build();
        Filter knowing = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public int getServerPort() {
                        return port;
                    }
                },
                response);
        for (Container container : Container.values()) {
            try (WebApp app = WebApp.on(container)
                    .filter("port", knowing)
                    .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)))
                    .start()) {
                RawResponse answer = RawClient.exchange(app.port(), RawRequest.raw("GET / HTTP/1.1", "Host: " + host));
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.bodyText()).contains(status == 200 ? "in" : "\"rule\":\"host\"");
            }
        }
    }

    private static Exchange facts(ServletRequest request) {
        return Objects.requireNonNull(Exchange.of(request));
    }
}
