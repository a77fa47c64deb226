package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;

/** The request's id is in the logging context on whichever thread the request goes on. */
class LoggingContextTest {

    private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch unwound = new CountDownLatch(1);
    private @Nullable Object usual;

    /** The binding that tests run with drops what is put into the context. */
    @BeforeEach
    void keepWhatIsPut() throws Exception {
        usual = adapter().get(null);
        adapter().set(null, new BasicMDCAdapter());
    }

    @AfterEach
    void putBack() throws Exception {
        adapter().set(null, usual);
    }

    private static Field adapter() throws Exception {
        Field adapter = MDC.class.getDeclaredField("MDC_ADAPTER");
        adapter.setAccessible(true);
        return adapter;
    }

    private Filter identifying() {
        return (request, response, chain) -> {
            Objects.requireNonNull(Exchange.of(request)).requestId("id-1");
            try {
                chain.doFilter(request, response);
            } finally {
                unwound.countDown();
            }
        };
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(seen.poll(10, TimeUnit.SECONDS), "entry");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void holdsTheIdBehindAFilterThatWaited(Container container) throws Exception {
        WaitingFilter waiting = new WaitingFilter(Duration.ofSeconds(20));
        Gateway gateway = Gateway.builder()
                .filter(identifying())
                .filter(waiting)
                .filter((request, response, chain) -> {
                    seen.add(String.valueOf(MDC.get("request_id")));
                    chain.doFilter(request, response);
                })
                .route(Route.named("all").path("/**").answer(200, "text/plain", "in"))
                .build();
        try (WebApp app = WebApp.on(container)
                        .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            assertThat(waiting.waiting.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(unwound.await(10, TimeUnit.SECONDS)).isTrue();
            waiting.answer.complete("yes");
            assertThat(next()).isEqualTo("id-1");
            assertThat(client.readResponse().bodyText()).isEqualTo("in");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void holdsTheIdWhereAnApplicationGoesOn(Container container) throws Exception {
        Gateway gateway = Gateway.builder()
                .filter(identifying())
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("router", new RouterFilter(gateway))
                        .dispatchers(DispatcherType.REQUEST, DispatcherType.ASYNC))
                .serve("/*", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.REQUEST) {
                        request.startAsync().dispatch();
                    } else {
                        seen.add(String.valueOf(MDC.get("request_id")));
                    }
                })
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/a")).status())
                    .isEqualTo(200);
            assertThat(next()).isEqualTo("id-1");
        }
    }
}
