package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.explain.Ending;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.explain.Step.Decision;
import dev.lintel.filter.Predictable;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** Somebody's filter, of which nothing is known. */
    private static final class Foreign implements Filter {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            calls.incrementAndGet();
            chain.doFilter(request, response);
        }
    }

    /** Somebody's filter that says that it has no effect. */
    private static final class Teapot implements Filter, Predictable {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
            ((HttpServletResponse) response).setStatus(418);
        }
    }

    /** One that fails. */
    private static final class Failing implements Filter, Predictable {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
            throw new IllegalStateException("secret");
        }
    }

    private static Gateway gateway(Filter... filters) {
        var route =
                Route.named("orders").path("/api/orders/**").stripPrefix("/api").to("orders");
        for (Filter filter : filters) {
            route.filter(filter);
        }
        return Gateway.builder()
                .upstream(Upstream.named("orders")
                        .target("http://orders:9001/base")
                        .target("http://orders:9002"))
                .route(route)
                .route(Route.named("app").path("/app/**").to(Destination.hostApplication()))
                .build();
    }

    @Test
    void neverRunsAFilterOfAnotherKindAndGoesOnBehindIt() {
        Foreign foreign = new Foreign();
        Explanation told =
                Explainer.of(gateway(foreign, new Teapot())).explain(RequestDescription.of("GET", "/api/orders/1"));
        assertThat(foreign.calls).hasValue(0);
        assertThat(told.isCertain()).isFalse();
        assertThat(told.steps())
                .extracting(step -> step.decision())
                .containsExactly(Decision.NOT_PREDICTABLE, Decision.ANSWERS);
        assertThat(told.steps().get(0).remarks()).containsExactly("a filter of another kind");
        assertThat(told.status()).isEqualTo(418);
    }

    @Test
    void stopsAtTheFirstThatAnswers() {
        Explanation told = Explainer.of(gateway(new Teapot(), new Foreign()))
                .explain(RequestDescription.of("GET", "/api/orders/1"));
        assertThat(told.isCertain()).isTrue();
        assertThat(told.steps())
                .extracting(step -> step.decision())
                .containsExactly(Decision.ANSWERS, Decision.NOT_REACHED);
    }

    @Test
    void saysThatAFilterFailsAndNotWhatItSays() {
        Explanation told = Explainer.of(gateway(new Failing())).explain(RequestDescription.of("GET", "/api/orders/1"));
        assertThat(told.text()).contains("it failed with IllegalStateException").doesNotContain("secret");
        assertThat(told.ending()).isInstanceOf(Ending.ToUpstream.class);
    }

    @Test
    void writesForPeople() {
        Explanation told = Explainer.of(gateway())
                .explain(RequestDescription.of("GET", "https://shop.example.com/api/orders/1?a=b&token=s3cret")
                        .header("Authorization", "Bearer s3cret")
                        .header("X-Copy", "a s3cret")
                        .header("X-User-ID", "root")
                        .from("192.0.2.1")
                        .at(NOON));
        assertThat(told.text(element -> element.equals("routes.orders") ? "gateway.yaml:7" : null))
                .isEqualTo("""
                        request   GET /api/orders/1?a=b&token=***
                                  https shop.example.com, HTTP/1.1, from 192.0.2.1, at 2026-03-01T12:00:00Z
                        route     orders  [gateway.yaml:7]
                          not     app  segment 1 is api, not app (/app/**)
                        upstream  orders
                                      RoundRobin chooses one of 2 targets, http://orders:9001/base, http://orders:9002; this is for the first
                        sends     GET /base/orders/1?a=b&token=***
                                  Host: orders:9001
                                  Authorization: Bearer ***
                                  X-Copy: ***
                                  Via: %s
                                  X-Forwarded-For: 192.0.2.1
                                  X-Forwarded-Proto: https
                                  X-Forwarded-Host: shop.example.com
                                  X-Forwarded-Port: 443
                                  Forwarded: for=192.0.2.1;host=shop.example.com;proto=https
                        """.formatted(via(told)));
        assertThat(told.toString()).isEqualTo(told.text()).doesNotContain("s3cret");
        assertThat(told.json()).doesNotContain("s3cret");
    }

    private static String via(Explanation told) {
        return ((Ending.ToUpstream) told.ending())
                .fields().stream()
                        .filter(field -> field.name().equals("Via"))
                        .findFirst()
                        .orElseThrow()
                        .value();
    }

    @Test
    void writesForPrograms() {
        Explanation told = Explainer.of(gateway())
                .explain(RequestDescription.of("GET", "/api//orders\u001b[2J").at(NOON));
        assertThat(told.json())
                .isEqualTo("{\"request\":{\"method\":\"GET\",\"target\":\"/api//orders\\u001b[2J\","
                        + "\"protocol\":\"HTTP/1.1\",\"secure\":false,\"peer\":\"127.0.0.1\",\"client\":\"127.0.0.1\","
                        + "\"time\":\"2026-03-01T12:00:00Z\"},\"certain\":true,\"refusedAs\":\"400 empty-segment\","
                        + "\"route\":null,\"others\":[],\"furtherOthers\":0,\"filters\":[],\"answer\":{\"status\":400,"
                        + "\"rule\":\"empty-segment\",\"detail\":\"The path is ambiguous or malformed.\","
                        + "\"headers\":[{\"name\":\"Cache-Control\",\"value\":\"no-store\"},"
                        + "{\"name\":\"Content-Type\",\"value\":\"application/problem+json\"}]}}");
        assertThat(told.text()).doesNotContain("\u001b");
    }

    @Test
    void tellsWhatAnApplicationWouldSee() {
        Explainer behind = Explainer.inFrontOfApplication(gateway());
        Explanation told =
                behind.explain(RequestDescription.of("GET", "/elsewhere").header("X-User-ID", "root"));
        assertThat(told.route()).isEqualTo("otherwise");
        assertThat(told.ending())
                .isInstanceOfSatisfying(
                        Ending.ToApplication.class,
                        application -> assertThat(application.fields())
                                .extracting(field -> field.name())
                                .containsExactly("Host"));
        assertThat(Explainer.of(gateway())
                        .explain(RequestDescription.of("GET", "/elsewhere"))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nX: y", "/a\n", "/a\u0000"})
    void takesNothingThatCouldNotBeSent(String target) {
        assertThatThrownBy(() -> RequestDescription.of("GET", target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target: not shown (expected: one line");
        assertThatThrownBy(() -> RequestDescription.of("GET", "/").header("X", target))
                .hasMessageContaining("value of X: not shown");
    }

    @Test
    void takesNoMoreThanAServerWould() {
        RequestDescription request = RequestDescription.of("GET", "/");
        for (int i = 1; i < 200; i++) {
            request = request.header("X", "y");
        }
        RequestDescription full = request;
        assertThatThrownBy(() -> full.header("X", "y")).hasMessageContaining("headers: 201 fields");
        assertThatThrownBy(() -> RequestDescription.of("GET", "/" + "a".repeat(20_000)))
                .hasMessageContaining("target: not shown");
    }
}
