package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters whose decision comes later. */
class WaitingTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(Container.class)
    void resumesAtTheFilterThatWaitedAndRunsTheOthersOnce(Container container) throws Exception {
        WaitingFilter waiting = new WaitingFilter(LONG);
        CountingFilter before = new CountingFilter();
        CountingFilter after = new CountingFilter();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("done"));
                WebApp app = servlet(container, gateway(upstream, before, waiting, after));
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            assertThat(waiting.waiting.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(before.left.await(10, TimeUnit.SECONDS))
                    .as("unwound while waiting")
                    .isTrue();
            assertThat(after.called).hasValue(0);
            waiting.answer.complete("yes");
            assertThat(client.readResponse().bodyText()).isEqualTo("done");
            assertThat(upstream.awaitRequest().header("X-Answer")).isEqualTo("yes");
            assertThat(before.called).hasValue(1);
            assertThat(waiting.begun).hasValue(1);
            assertThat(waiting.called).hasValue(2);
            assertThat(after.called).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void givesUpAtTheDeadline(Container container) {
        WaitingFilter waiting = new WaitingFilter(Duration.ofMillis(20));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("done"));
                WebApp app = servlet(container, gateway(upstream, waiting))) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/a")).bodyText())
                    .isEqualTo("done");
            assertThat(upstream.awaitRequest().header("X-Answer")).isEqualTo("TimeoutException");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void waitsOnTheRequestThreadInFrontOfAnApplication(Container container) throws Exception {
        WaitingFilter waiting = new WaitingFilter(LONG);
        Gateway gateway = Gateway.builder()
                .filter(waiting)
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (WebApp app = WebApp.on(container)
                        .filter("router", new RouterFilter(gateway))
                        .serve("/*", (request, response) -> response.getWriter().print(request.getHeader("X-Answer")))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            assertThat(waiting.waiting.await(10, TimeUnit.SECONDS)).isTrue();
            waiting.answer.complete("yes");
            assertThat(client.readResponse().bodyText()).isEqualTo("yes");
            assertThat(waiting.called).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void waitsAloneInAnApplication(Container container) throws Exception {
        WaitingFilter waiting = new WaitingFilter(LONG);
        try (WebApp app = WebApp.on(container)
                        .filter(FilterSetup.of("waiting", waiting))
                        .serve("/*", (request, response) -> response.getWriter().print(request.getHeader("X-Answer")))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            assertThat(waiting.waiting.await(10, TimeUnit.SECONDS)).isTrue();
            waiting.answer.complete("yes");
            assertThat(client.readResponse().bodyText()).isEqualTo("yes");
        }
    }

    private static Gateway gateway(ScriptedUpstream upstream, Filter... filters) {
        var route = Route.named("up").path("/**").to("up");
        for (Filter filter : filters) {
            route.filter(filter);
        }
        return Gateway.builder()
                .upstream(Upstream.named("up").target(upstream.url()))
                .route(route)
                .build();
    }

    private static WebApp servlet(Container container, Gateway gateway) {
        return WebApp.on(container)
                .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)).patterns("/*"))
                .start();
    }

    /** Somebody else's filter, which leaves the response alone after the chain. */
    private static final class CountingFilter implements Filter {

        final AtomicInteger called = new AtomicInteger();
        final java.util.concurrent.CountDownLatch left = new java.util.concurrent.CountDownLatch(1);

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            called.incrementAndGet();
            chain.doFilter(request, response);
            left.countDown();
        }
    }
}
