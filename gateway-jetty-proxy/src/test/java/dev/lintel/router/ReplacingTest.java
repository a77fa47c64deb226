package dev.lintel.router;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One gateway takes over from another in a running application. */
class ReplacingTest {

    private static Gateway answering(String body, Filter... filters) {
        var gateway = Gateway.builder();
        for (Filter filter : filters) {
            gateway.filter(filter);
        }
        return gateway.route(Route.named("all").path("/at/**").answer(200, "text/plain", body))
                .build();
    }

    /** Leaves everything that is asked for to the application, after these filters. */
    private static Gateway elsewhere(Filter... filters) {
        var gateway = Gateway.builder();
        for (Filter filter : filters) {
            gateway.filter(filter);
        }
        return gateway.route(Route.named("elsewhere").path("/elsewhere").answer(200, "text/plain", ""))
                .build();
    }

    private static WebApp app(Container container, GatewayServlet servlet) {
        return WebApp.on(container).servlet(ServletSetup.of("gateway", servlet)).start();
    }

    private static String get(WebApp app) {
        return RawClient.exchange(app.port(), RawRequest.get("/at/x")).bodyText();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void servesTheNextGatewayFromTheServlet(Container container) {
        GatewayServlet servlet = new GatewayServlet(answering("first"));
        try (WebApp app = app(container, servlet);
                RawClient kept = RawClient.connect(app.port())) {
            assertThat(kept.send(RawRequest.get("/at/x")).readResponse().bodyText())
                    .isEqualTo("first");
            Gateway second = answering("second");
            servlet.replace(second);
            assertThat(servlet.gateway()).isSameAs(second);
            assertThat(kept.send(RawRequest.get("/at/x")).readResponse().bodyText())
                    .isEqualTo("second");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void servesTheNextGatewayFromTheFilterOfAnApplication(Container container) {
        RouterFilter filter = new RouterFilter(answering("first"));
        try (WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("gateway", filter)
                        .dispatchers(
                                DispatcherType.REQUEST,
                                DispatcherType.ASYNC,
                                DispatcherType.FORWARD,
                                DispatcherType.ERROR))
                .serve("/*", (request, response) -> response.getWriter().write("application"))
                .start()) {
            assertThat(get(app)).isEqualTo("first");
            filter.replace(elsewhere());
            assertThat(get(app)).isEqualTo("application");
            filter.replace(answering("third"));
            assertThat(get(app)).isEqualTo("third");
        }
    }

    /** An exchange is over before the thread that served it lets go, and a process may end when it is over. */
    @Test
    void isDestroyedOnlyWithWhatIsJustLettingGo() throws InterruptedException {
        AtomicBoolean awaited = new AtomicBoolean();
        AtomicReference<Thread> closing = new AtomicReference<>();
        Filter filter = new Filter() {
            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                chain.doFilter(request, response);
            }

            @Override
            public void destroy() {
                awaited.set(requireNonNull(closing.get()).isAlive());
            }
        };
        GatewayServlet servlet = new GatewayServlet(answering("only", filter));
        Thread thread = new Thread(app(Container.JETTY_EE10, servlet)::close);
        closing.set(thread);
        GatewayHold held = requireNonNull(servlet.hold());
        thread.start();
        // without a pause, since it waits no longer than a second
        while (thread.isAlive() && !waitsIn(thread, Endings.class)) {
            Thread.onSpinWait();
        }
        held.release();
        thread.join();
        assertThat(awaited).isTrue();
    }

    private static boolean waitsIn(Thread thread, Class<?> type) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }

    /** A class that a container makes, as it does for {@code web.xml}. */
    public static final class First implements Supplier<Gateway> {
        @Override
        public Gateway get() {
            return answering("first");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void isFoundByNameWhereTheContainerHasMadeIt(Container container) {
        CompletableFuture<LiveGateway> found = new CompletableFuture<>();
        try (WebApp app = WebApp.on(container)
                .servlet(ServletSetup.of("gateway", GatewayServlet.class)
                        .patterns("/at/*")
                        .param("gateway", First.class.getName()))
                .serve("/find", (request, response) -> {
                    assertThat(LiveGateway.of(request.getServletContext(), "another"))
                            .isNull();
                    found.complete(LiveGateway.of(request.getServletContext(), "gateway"));
                })
                .start()) {
            assertThat(get(app)).isEqualTo("first");
            RawClient.exchange(app.port(), RawRequest.get("/find"));
            found.join().replace(answering("second"));
            assertThat(get(app)).isEqualTo("second");
        }
        assertThatThrownBy(() -> found.join().replace(answering("late"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void initialisesAndDestroysEachFilterOnce() {
        LifeFilter shared = LifeFilter.named("shared");
        LifeFilter first = LifeFilter.named("first");
        LifeFilter second = LifeFilter.named("second");
        GatewayServlet servlet = new GatewayServlet(answering("first", shared, first));
        WebApp app = app(Container.JETTY_EE10, servlet);
        try (app) {
            get(app);
            await().untilAsserted(() -> {
                servlet.replace(answering("second", shared, second));
                assertThat(first.destroyed).hasValue(1);
            });
            assertThat(shared.initialised).hasValue(1);
            assertThat(second.initialised).hasValue(1);
            assertThat(shared.destroyed).hasValue(0);
            assertThat(second.destroyed).hasValue(0);
        }
        assertThat(List.of(shared, first, second)).allSatisfy(filter -> {
            assertThat(filter.initialised).hasValue(1);
            assertThat(filter.destroyed).hasValue(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void destroysFiltersWhenTheLastExchangeHasEnded(Container container) {
        LifeFilter first = LifeFilter.named("first");
        LiveAnswer slow = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> slow)) {
            Gateway old = Gateway.builder()
                    .filter(first)
                    .upstream(Upstream.named("service").target(upstream.url()))
                    .route(Route.named("slow").path("/slow").to("service"))
                    .build();
            GatewayServlet servlet = new GatewayServlet(old);
            try (WebApp app = app(container, servlet);
                    RawClient client = RawClient.connect(app.port())) {
                client.send(RawRequest.get("/slow"));
                slow.chunk("begun");
                assertThat(client.readResponseHead().header("X-Filter")).isEqualTo("first");
                servlet.replace(answering("second"));
                assertThat(get(app)).isEqualTo("second");
                assertThat(first.destroyed).hasValue(0);
                slow.chunk(", and ended");
                slow.end();
                StringBuilder body = new StringBuilder();
                for (String chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
                    body.append(chunk);
                }
                assertThat(body).hasToString("begun, and ended");
                await().untilAsserted(() -> assertThat(first.destroyed).hasValue(1));
            }
        }
    }

    @Test
    void keepsARequestThatWaitsOnTheGatewayThatItBeganOn() throws Exception {
        WaitingFilter waiting = new WaitingFilter(Duration.ofSeconds(20));
        LifeFilter first = LifeFilter.named("first");
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.ok(request.header("X-Answer")))) {
            Gateway old = Gateway.builder()
                    .filter(first)
                    .upstream(Upstream.named("service").target(upstream.url()))
                    .route(Route.named("waits").path("/at/**").filter(waiting).to("service"))
                    .build();
            GatewayServlet servlet = new GatewayServlet(old);
            try (WebApp app = app(Container.JETTY_EE10, servlet);
                    RawClient client = RawClient.connect(app.port())) {
                client.send(RawRequest.get("/at/x"));
                waiting.waiting.await();
                servlet.replace(answering("second"));
                assertThat(get(app)).isEqualTo("second");
                assertThat(first.destroyed).hasValue(0);
                waiting.answer.complete("first");
                assertThat(client.readResponse().bodyText()).isEqualTo("first");
                await().untilAsserted(() -> assertThat(first.destroyed).hasValue(1));
            }
        }
    }

    /** A filter that knows nothing of Lintel waits as the Servlet API has it, and sees its request again. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsARequestThatAFilterDispatchesOnTheGatewayThatItBeganOn(Container container) throws Exception {
        CompletableFuture<AsyncContext> setAside = new CompletableFuture<>();
        CountDownLatch again = new CountDownLatch(1);
        Filter dispatching = (request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                again.countDown();
                chain.doFilter(request, response);
            } else {
                setAside.complete(request.startAsync(request, response));
            }
        };
        GatewayServlet servlet = new GatewayServlet(answering("first", dispatching));
        try (WebApp app = app(container, servlet);
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/at/x"));
            AsyncContext context = setAside.get();
            servlet.replace(answering("second"));
            context.dispatch();
            assertThat(client.readResponse().bodyText()).isEqualTo("first");
            assertThat(again.getCount()).isZero();
        }
    }

    @Test
    void keepsAForwardedRequestOfAnApplicationOnTheGatewayThatItBeganOn() throws Exception {
        CompletableFuture<Void> replaced = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        LifeFilter first = LifeFilter.named("first");
        RouterFilter filter = new RouterFilter(Gateway.builder()
                .filter(first)
                .route(Route.named("app").path("/at/**").toHostApplication())
                .build());
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                        .filter(FilterSetup.of("gateway", filter)
                                .dispatchers(DispatcherType.REQUEST, DispatcherType.FORWARD))
                        .serve("/at/*", (request, response) -> {
                            begun.complete(null);
                            replaced.join();
                            request.getRequestDispatcher("/there").forward(request, response);
                        })
                        .serve(
                                "/there",
                                (request, response) -> response.getWriter().write("there"))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/at/x"));
            begun.join();
            filter.replace(elsewhere(LifeFilter.named("second")));
            assertThat(first.destroyed).hasValue(0);
            replaced.complete(null);
            RawResponse response = client.readResponse();
            assertThat(response.bodyText()).isEqualTo("there");
            assertThat(response.headers("X-Filter")).containsExactly("first");
            await().untilAsserted(() -> assertThat(first.destroyed).hasValue(1));
        }
    }

    @Test
    void leavesAllAsItWasIfTheNextCannotBeServedAndTellsEveryReason() {
        LifeFilter shared = LifeFilter.named("shared");
        LifeFilter fresh = LifeFilter.named("fresh");
        Gateway first = answering("first", shared);
        GatewayServlet servlet = new GatewayServlet(first);
        try (WebApp app = app(Container.JETTY_EE10, servlet)) {
            Gateway broken = Gateway.builder()
                    .filter(shared)
                    .filter(fresh)
                    .filter(LifeFilter.broken("no first file"))
                    .route(Route.named("orders")
                            .path("/orders")
                            .filter(LifeFilter.broken("no second file"))
                            .answer(200, "text/plain", ""))
                    .route(Route.named("app").path("/app").toHostApplication())
                    .build();
            assertThatThrownBy(() -> servlet.replace(broken))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            told -> assertThat(told.problems())
                                    .extracting(Object::toString)
                                    .containsExactly(
                                            "routes.app.to: the host application"
                                                    + " (expected: another destination, or a RouterFilter)",
                                            "filters.LifeFilter: no first file"
                                                    + " (expected: a filter that can be initialised)",
                                            "routes.orders.filters.LifeFilter: no second file"
                                                    + " (expected: a filter that can be initialised)"));
            assertThat(servlet.gateway()).isSameAs(first);
            assertThat(get(app)).isEqualTo("first");
            assertThat(fresh.destroyed).hasValue(1);
            assertThat(shared.initialised).hasValue(1);
            assertThat(shared.destroyed).hasValue(0);
        }
    }

    @Test
    void goesBackToAGatewayThatItServedBefore() {
        LifeFilter filter = LifeFilter.named("first");
        Gateway first = answering("first", filter);
        GatewayServlet servlet = new GatewayServlet(first);
        try (WebApp app = app(Container.JETTY_EE10, servlet)) {
            servlet.replace(answering("second"));
            assertThat(filter.destroyed).hasValue(1);
            servlet.replace(first);
            assertThat(get(app)).isEqualTo("first");
            assertThat(filter.initialised).hasValue(2);
            servlet.replace(first);
            assertThat(get(app)).isEqualTo("first");
            assertThat(filter.initialised).hasValue(2);
            assertThat(filter.destroyed).hasValue(1);
        }
    }

    @Test
    void isRefusedWhereNothingIsServed() {
        assertThatThrownBy(() -> new GatewayServlet(answering("first")).replace(answering("second")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new RouterFilter(answering("first")).gateway())
                .isInstanceOf(IllegalStateException.class);
    }
}
