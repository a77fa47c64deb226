package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That nothing of one request's origin is told of another's, whichever came before. */
class KnownOriginsTest {

    private static final String PEER = "Test-Peer";
    private static final String SECURE = "Test-Secure";

    /** Requests to one host, the first three fields, and what upstreams see of them. */
    private record Sent(
            String peer, String forwardedFor, boolean secure, String seenFor, String seenProto, String seen) {

        RawRequest request() {
            RawRequest plain = RawRequest.get("/a")
                    .header("Host", "h.example")
                    .header(PEER, peer)
                    .header(SECURE, "" + secure);
            return forwardedFor.isEmpty() ? plain : plain.header("X-Forwarded-For", forwardedFor);
        }
    }

    private static final List<Sent> SENT = List.of(
            new Sent("192.0.2.1", "", false, "192.0.2.1", "http", "for=192.0.2.1;host=h.example;proto=http"),
            new Sent("192.0.2.2", "", false, "192.0.2.2", "http", "for=192.0.2.2;host=h.example;proto=http"),
            new Sent("192.0.2.1", "", true, "192.0.2.1", "https", "for=192.0.2.1;host=h.example;proto=https"),
            new Sent(
                    "192.0.2.1", "198.51.100.9", false, "192.0.2.1", "http", "for=192.0.2.1;host=h.example;proto=http"),
            new Sent(
                    "10.0.0.1",
                    "198.51.100.7",
                    false,
                    "198.51.100.7, 10.0.0.1",
                    "http",
                    "for=198.51.100.7, for=10.0.0.1;host=h.example;proto=http"),
            new Sent(
                    "10.0.0.1",
                    "198.51.100.8",
                    false,
                    "198.51.100.8, 10.0.0.1",
                    "http",
                    "for=198.51.100.8, for=10.0.0.1;host=h.example;proto=http"),
            new Sent("10.0.0.1", "", false, "10.0.0.1", "http", "for=10.0.0.1;host=h.example;proto=http"));

    @Test
    void tellsOfEachRequestItsOwn() {
        Filter front =
                (request, response, chain) -> chain.doFilter(new Fronted((HttpServletRequest) request), response);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("fine"));
                WebApp app = WebApp.on(Container.JETTY_EE10)
                        .filter("front", front)
                        .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway(upstream.url()))))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            for (int round = 0; round < 2; round++) {
                for (Sent sent : SENT) {
                    client.send(sent.request()).readResponse();
                    ReceivedRequest seen =
                            upstream.requests().get(upstream.requests().size() - 1);
                    assertThat(seen.header("X-Forwarded-For")).as("%s", sent).isEqualTo(sent.seenFor());
                    assertThat(seen.header("X-Forwarded-Proto")).as("%s", sent).isEqualTo(sent.seenProto());
                    assertThat(seen.header("Forwarded")).as("%s", sent).isEqualTo(sent.seen());
                }
            }
        }
    }

    private static Gateway gateway(String target) {
        return Gateway.builder()
                .trustedProxies("10.0.0.0/8")
                .upstream(Upstream.named("service").target(target))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    /** Comes from where the test says. */
    private static final class Fronted extends HttpServletRequestWrapper {

        Fronted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRemoteAddr() {
            return getHeader(PEER);
        }

        @Override
        public boolean isSecure() {
            return Boolean.parseBoolean(getHeader(SECURE));
        }
    }
}
