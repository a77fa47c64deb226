package dev.lintel.conformance;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.Time;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilterBuilder;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilterBuilder;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;

/** The gateway that all rows are played against. */
final class GatewayUnderTest {

    static final String API_KEY = "k-7d1f0c52a94e4b1bb0e6";
    static final String OTHER_API_KEY = "k-0a2f6be1c3d84f7799aa";

    private GatewayUnderTest() {}

    /**
     * Builds it.
     *
     * @param inFrontOfApplication whether routes lead to the host application, save those that change the path
     * @param upstream where the others lead
     * @param hasty an upstream that answers before it has read the body
     * @param log where the access log goes
     */
    static Gateway build(boolean inFrontOfApplication, String upstream, String hasty, Path log) {
        GatewayBuilder gateway = Gateway.builder()
                .time(new Time(() -> Token.NOW, System::nanoTime))
                .upstream(Upstream.named("recording").target(upstream))
                .upstream(Upstream.named("hasty").target(hasty))
                .filter(RequestIdFilter.create())
                .filter(AccessLogFilter.builder()
                        .format(AccessLogFilter.Format.JSON)
                        .file(log)
                        .queueSize(512)
                        .build())
                .filter(HeaderStripFilter.builder()
                        .requestHeaders("X-Internal-*")
                        .responseHeaders("X-Internal-*", "X-User-*")
                        .build());
        for (RouteBuilder route : new RouteBuilder[] {
            Route.named("public").path("/public/**"),
            Route.named("api").path("/api/**").filter(jwt().build()),
            Route.named("admin")
                    .path("/admin/**")
                    .filter(jwt().requiredRoles("admin").build()),
            Route.named("scoped")
                    .path("/scoped/**")
                    .filter(jwt().requiredScopes("orders:read", "orders:write").build()),
            Route.named("nested")
                    .path("/nested/**")
                    .filter(jwt().rolesClaim("realm_access.roles").build()),
            Route.named("optional")
                    .path("/optional/**")
                    .filter(jwt().optional(true).build()),
            Route.named("token-kept")
                    .path("/token-kept/**")
                    .filter(jwt().forwardToken(true).build()),
            Route.named("other").path("/other/**").filter(otherIssuer()),
            Route.named("key").path("/key/**").filter(apiKey().build()),
            Route.named("key-in-query")
                    .path("/key-in-query/**")
                    .filter(apiKey().queryParameter("key").build()),
            Route.named("both").path("/both/**").filter(apiKey().build()).filter(jwt().build()),
            Route.named("tenant").host("tenant.example").path("/tenant/**").filter(jwt().build()),
            Route.named("tenant-idn")
                    .host("xn--bcher-kva.example")
                    .path("/tenant/**")
                    .filter(jwt().build()),
            Route.named("tenant-wild").host("*.wild.example").path("/tenant/**").filter(jwt().build()),
            Route.named("only-get").path("/only-get/**").methods("GET"),
            Route.named("small").path("/small/**").maxRequestBody(64)
        }) {
            gateway.route(inFrontOfApplication ? route.toHostApplication() : route.to("recording"));
        }
        RouteBuilder early = Route.named("early").path("/early/**");
        return gateway.route(inFrontOfApplication ? early.toHostApplication() : early.to("hasty"))
                .route(Route.named("hasty")
                        .path("/hasty/**")
                        .stripPrefix("/hasty")
                        .to("hasty"))
                .route(Route.named("impatient")
                        .path("/impatient/**")
                        .stripPrefix("/impatient")
                        .idleTimeout(Duration.ofSeconds(1))
                        .firstByteTimeout(Duration.ofSeconds(3))
                        .to("recording"))
                .route(Route.named("strip")
                        .path("/strip/**")
                        .stripPrefix("/strip")
                        .to("recording"))
                .route(Route.named("rewrite")
                        .path("/rewrite/{id}")
                        .rewritePath("/v2/items/{id}")
                        .to("recording"))
                .build();
    }

    /** The body with which destinations answer a request. */
    static String answerBody(String line) {
        return "saw " + line;
    }

    /** What destinations tell beside it: things that clients must not learn, or who they think is calling. */
    static String[] answerHeaders(Seen seen) {
        if (seen.line().endsWith("/leak")) {
            return new String[] {"X-User-ID: root", "X-User-Role: admin", "X-Internal-Node: 7", "X-Told: yes"};
        }
        return seen.line().endsWith("/whoami")
                ? new String[] {"Seen-As: " + String.join("|", seen.foldedValues("X-User-ID"))}
                : new String[0];
    }

    private static JwtAuthFilterBuilder jwt() {
        return JwtAuthFilter.builder()
                .issuer(Token.ISSUER)
                .audience(Token.AUDIENCE)
                .publicKey(Keys.set())
                .algorithms("RS256", "ES256");
    }

    private static ApiKeyAuthFilterBuilder apiKey() {
        return ApiKeyAuthFilter.builder().plainKey("alice", API_KEY).plainKey("shop", OTHER_API_KEY);
    }

    private static JwtAuthFilter otherIssuer() {
        return JwtAuthFilter.builder()
                .issuer(Token.OTHER_ISSUER)
                .audience(Token.AUDIENCE)
                .publicKey(Keys.otherSet())
                .algorithms("RS256")
                .build();
    }
}
