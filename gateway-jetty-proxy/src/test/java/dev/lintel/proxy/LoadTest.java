package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many at once keep their own identity, path, body and answer. */
class LoadTest {

    private static final int CLIENTS = 200;
    private static final int REQUESTS_EACH = 10;

    @ParameterizedTest
    @EnumSource(Container.class)
    void neverMixesUpCallers(Container container) throws Exception {
        Filter identity = (request, response, chain) -> {
            String caller = ((HttpServletRequest) request).getHeader("X-Caller");
            Objects.requireNonNull(Exchange.of(request)).requestHeaders().set("X-User-ID", caller);
            chain.doFilter(request, response);
        };
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(LoadTest::echo);
                ProxyApp app = ProxyApp.in(
                        container,
                        Gateway.builder().filter(identity),
                        route -> route.connectTimeout(Duration.ofSeconds(20)),
                        upstream.url())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int caller = i;
                running.add(clients.submit(() -> call(app, caller)));
            }
            for (Future<?> client : running) {
                client.get(50, TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static Answer echo(dev.lintel.testing.ReceivedRequest request) {
        if (request.path().endsWith("/7")) {
            return Answer.close();
        }
        String seen = request.header("X-User-ID") + " " + request.target() + " " + request.bodyText();
        return request.path().endsWith("/3") ? Answer.chunked(200, List.of(seen)) : Answer.ok(seen);
    }

    private static void call(ProxyApp app, int caller) {
        try (RawClient client = app.connect().within(Duration.ofSeconds(40))) {
            for (int i = 0; i < REQUESTS_EACH; i++) {
                String path = "/" + caller + "/" + i;
                String body = "body-" + caller + "-" + i;
                RawRequest request = RawRequest.post(path).header("X-Caller", "user-" + caller);
                RawResponse response = client.send(i % 2 == 0 ? request.body(body) : request.chunked(body))
                        .readResponse();
                if (i == 7) {
                    assertThat(response.status()).isEqualTo(502);
                } else {
                    assertThat(response.bodyText()).isEqualTo("user-" + caller + " " + path + " " + body);
                }
            }
        }
    }
}
