package dev.lintel.server;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;

import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.anyof.AnyOfFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.bodylimit.BodyLimitFilter;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.compression.CompressionFilter;
import dev.lintel.filters.cors.CorsFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.iprules.IpRulesFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.maintenance.MaintenanceFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.filters.securityheaders.SecurityHeadersFilter;
import dev.lintel.filters.transform.RequestTransformFilter;
import dev.lintel.filters.transform.ResponseTransformFilter;
import dev.lintel.limit.MissingKey;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The filters whose predictions are held against what they do, by name. */
final class ForetoldFilters {

    /** One row for each filter, some with several of its options, and one with all of them. */
    static final List<String> NAMES = List.of(
            "none",
            "requestId",
            "headerStrip",
            "jwt",
            "jwtOptional",
            "apiKey",
            "anyOf",
            "rateLimit",
            "rateLimitByCaller",
            "accessLog",
            "cors",
            "ipRules",
            "bodyLimit",
            "compression",
            "cache",
            "securityHeaders",
            "maintenance",
            "requestTransform",
            "responseTransform",
            "all");

    static final String KEY = "a-key-of-acme";

    private static final TestKey SIGNING = TestKey.ec("k", "ES256");
    private static final TestKey OTHER = TestKey.ec("k", "ES256");

    private ForetoldFilters() {}

    /** Tokens, right and wrong. */
    static List<String> tokens(MutableClock clock) {
        TokenBuilder good = TokenBuilder.with(SIGNING, clock)
                .audience("orders")
                .claim("role", "admin")
                .claim("tenant", "acme")
                .expiresIn(Duration.ofHours(1));
        return List.of(
                good.sign(),
                good.subject("bob").sign(),
                good.subject("alice").claim("role", List.of("a,b")).sign(),
                good.claim("role", "guest").claim("tenant", "a\u00e9").sign(),
                good.claim("role", "admin").expiresIn(Duration.ofMinutes(-10)).sign(),
                good.expiresIn(Duration.ofHours(1)).audience("billing").sign(),
                good.audience("orders").forgedBy(OTHER).sign(),
                "not.a.token",
                "");
    }

    static List<Filter> of(String name, Path directory) {
        return switch (name) {
            case "none" -> List.of();
            case "requestId" ->
                List.of(RequestIdFilter.builder()
                        .accept(RequestIdFilter.Accept.ALWAYS)
                        .build());
            case "headerStrip" ->
                List.of(HeaderStripFilter.builder()
                        .requestHeaders("X-Version", "X-Odd*")
                        .responseHeaders("X-Upstream")
                        .build());
            case "jwt" -> List.of(jwt(false));
            case "jwtOptional" -> List.of(jwt(true));
            case "apiKey" -> List.of(apiKey());
            case "anyOf" -> List.of(AnyOfFilter.anyOf(jwt(false), apiKey()));
            case "rateLimit" -> List.of(limit("per-address", 3).build());
            case "rateLimitByCaller" ->
                List.of(
                        jwt(true),
                        RateLimitFilter.builder()
                                .limit("per-user", 4, Duration.ofSeconds(40))
                                .key(by(claim("sub")).onMissing(MissingKey.REFUSE))
                                .fixedWindow("per-tenant", 9, Duration.ofMinutes(1))
                                .key(by(claim("tenant")).onMissing(MissingKey.USE_ADDRESS))
                                .build());
            case "accessLog" ->
                List.of(AccessLogFilter.builder()
                        .file(directory.resolve("access.log").toString())
                        .build());
            case "cors" ->
                List.of(CorsFilter.builder()
                        .origins("https://app.example.com")
                        .methods("GET", "PUT")
                        .headers("X-Version")
                        .exposedHeaders("X-Total")
                        .credentials(true)
                        .build());
            case "ipRules" ->
                List.of(IpRulesFilter.builder()
                        .deny("192.0.2.0/24", "2001:db8::/32")
                        .build());
            case "bodyLimit" -> List.of(BodyLimitFilter.builder().maxSize(4).build());
            case "compression" -> List.of(CompressionFilter.create());
            case "cache" -> List.of(CacheFilter.create());
            case "securityHeaders" ->
                List.of(SecurityHeadersFilter.builder().hideServer(true).build());
            case "maintenance" ->
                List.of(MaintenanceFilter.builder()
                        .enabled(true)
                        .allow("198.51.100.0/24", "127.0.0.1")
                        .build());
            case "requestTransform" ->
                List.of(RequestTransformFilter.builder()
                        .remove("X-Odd")
                        .rename("X-Version", "X-Renamed")
                        .copy("Accept", "X-Accept")
                        .set("X-Route", "${route}")
                        .set("X-From", "${client.address} by ${header.User-Agent:-nobody}")
                        .add("X-Trace", "t-${request.id:-none}")
                        .removeQuery("debug")
                        .build());
            case "responseTransform" ->
                List.of(ResponseTransformFilter.builder()
                        .remove("X-Upstream")
                        .set("X-Route", "${route:-none}")
                        .add("Vary", "X-Version")
                        .build());
            case "all" -> all(directory);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<Filter> all(Path directory) {
        List<Filter> filters = new ArrayList<>();
        for (String name : List.of("requestId", "accessLog", "securityHeaders", "headerStrip", "cors", "ipRules")) {
            filters.addAll(of(name, directory));
        }
        filters.add(limit("per-address", 20).build());
        filters.addAll(of("anyOf", directory));
        filters.addAll(of("bodyLimit", directory));
        filters.addAll(of("requestTransform", directory));
        filters.addAll(of("responseTransform", directory));
        return filters;
    }

    private static dev.lintel.filters.ratelimit.RateLimitFilterBuilder limit(String name, int capacity) {
        return RateLimitFilter.builder()
                .limit(name, capacity, Duration.ofMinutes(1))
                .key(by(address()));
    }

    private static JwtAuthFilter jwt(boolean optional) {
        return JwtAuthFilter.builder()
                .publicKey(SIGNING.jwk())
                .algorithms("ES256")
                .anyIssuer(true)
                .audience("orders")
                .requiredRoles("admin")
                .rolesClaim("role")
                .forwardClaims("tenant:X-Tenant")
                .optional(optional)
                .build();
    }

    private static ApiKeyAuthFilter apiKey() {
        return ApiKeyAuthFilter.builder()
                .plainKey("acme", KEY)
                .queryParameter("key")
                .build();
    }
}
