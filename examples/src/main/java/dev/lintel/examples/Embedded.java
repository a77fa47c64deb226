package dev.lintel.examples;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.option.GatewayException;
import dev.lintel.server.GatewayServer;
import dev.lintel.upstream.Upstream;
import java.time.Duration;

/** A gateway in a main of one's own: two instances of a service, callers with a token, a limit for each of them. */
public final class Embedded {

    private Embedded() {}

    /**
     * Serves until the process is told to end and requests in flight are answered, on port 8080 or the one that the system property
     * {@code port} names. What cannot be used is told in one line for each problem, and the process ends with 78.
     */
    // region embedded
    public static void main(String[] args) throws InterruptedException {
        try (GatewayServer server = GatewayServer.builder(gateway())
                .port(Integer.getInteger("port", 8080))
                .stopOnShutdownSignal()
                .start()) {
            server.join();
        } catch (GatewayException wrong) {
            wrong.problems().forEach(System.err::println);
            System.exit(GatewayException.EXIT_STATUS);
        }
    }

    static Gateway gateway() {
        return Gateway.builder()
                .trustedProxies("10.0.0.0/8")
                .filter(RequestIdFilter.create())
                .upstream(
                        Upstream.named("orders").target("http://localhost:9001").target("http://localhost:9002"))
                .route(Route.named("orders")
                        .path("/api/orders/**")
                        .methods("GET", "POST")
                        .filter(JwtAuthFilter.builder()
                                .issuer("https://idp.example.com")
                                .audience("orders-api")
                                .build())
                        .filter(RateLimitFilter.builder()
                                .limit("per-user", 100, Duration.ofMinutes(1))
                                .key(by(claim("sub")))
                                .build())
                        .stripPrefix("/api")
                        .to("orders"))
                .build();
    }
    // endregion
}
