package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application behind one gateway forwards a request to another. */
class ForwardIntoGatewayTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void isRoutedByWhereItWasForwardedToAndStaysTheOriginalRequest(Container container) throws Exception {
        LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
        Filter recorder = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.hideQueryParameter("key");
            exchange.onComplete(over -> ended.add(over.path() + " " + over.forwardedQuery()));
            chain.doFilter(request, response);
        };
        Gateway front = Gateway.builder()
                .filter(recorder)
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("upstream"))) {
            Gateway behind = Gateway.builder()
                    .upstream(Upstream.named("up").target(upstream.url()))
                    .route(Route.named("to").path("/gw/**").stripPrefix("/gw").to("up"))
                    .build();
            try (WebApp app = WebApp.on(container)
                    .filter("router", new RouterFilter(front))
                    .servlet(ServletSetup.of("gateway", new GatewayServlet(behind))
                            .patterns("/gw/*"))
                    .serve(
                            "/old/*",
                            (request, response) -> request.getRequestDispatcher("/gw/new?c=d&key=2")
                                    .forward(request, response))
                    .start()) {
                assertThat(RawClient.exchange(app.port(), RawRequest.get("/old/x?a=b&key=1"))
                                .bodyText())
                        .isEqualTo("upstream");
                assertThat(upstream.awaitRequest().target()).isEqualTo("/new?c=d");
                assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("/old/x a=b");
            }
        }
    }
}
