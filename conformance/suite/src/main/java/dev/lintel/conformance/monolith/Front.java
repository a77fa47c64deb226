package dev.lintel.conformance.monolith;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.router.RouterFilter;
import dev.lintel.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands in front of the application. */
public enum Front {
    /** Nothing. */
    NOTHING(null),
    /** A gateway with filters for all requests, and no route that matches: the application gets the rest. */
    ROUTER(AllFilters.class),
    /** The same filters on a route to the application, with a limit for bodies. */
    ROUTE(OneRoute.class);

    private final Optional<Class<? extends Supplier<Gateway>>> gateway;

    Front(@org.jspecify.annotations.Nullable Class<? extends Supplier<Gateway>> gateway) {
        this.gateway = Optional.ofNullable(gateway);
    }

    /** What it is in a {@code web.xml}; nothing for {@link #NOTHING}. */
    String filter() {
        return gateway.map(type -> """
                <filter><filter-name>router</filter-name><filter-class>%s</filter-class>
                <async-supported>true</async-supported>
                <init-param><param-name>gateway</param-name><param-value>%s</param-value></init-param></filter>
                <filter-mapping><filter-name>router</filter-name><url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher><dispatcher>FORWARD</dispatcher><dispatcher>INCLUDE</dispatcher>
                <dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher></filter-mapping>
                """.formatted(RouterFilter.class.getName(), type.getName()))
                .orElse("");
    }

    /** The filter itself, for containers that are set up in code; empty for {@link #NOTHING}. */
    public Optional<RouterFilter> router() {
        return gateway.map(type -> {
            try {
                return new RouterFilter(type.getConstructor().newInstance().get());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static GatewayBuilder gateway() {
        return Gateway.builder()
                .ignoreSessionIdInPath()
                .upstream(Upstream.named("orders").target("http://127.0.0.1:1"))
                .route(Route.named("orders").path("/orders/**").to("orders"))
                .filter(RequestIdFilter.create())
                .filter(AccessLogFilter.builder()
                        .file(Path.of("target/monolith.log"))
                        .build())
                .filter(HeaderStripFilter.builder()
                        .requestHeaders("X-Internal-*")
                        .build());
    }

    private static JwtAuthFilter tokens() {
        return JwtAuthFilter.builder()
                .anyIssuer(true)
                .anyAudience(true)
                .secret("a secret of the tests, of 32 bytes or more")
                .optional(true)
                .build();
    }

    private static RateLimitFilter limit() {
        return RateLimitFilter.builder()
                .limit("all", 1_000_000, Duration.ofMinutes(1))
                .headers(RateLimitFilter.Headers.NONE)
                .build();
    }

    /** See {@link #ROUTER}. */
    public static final class AllFilters implements Supplier<Gateway> {
        @Override
        public Gateway get() {
            return gateway().filter(limit()).filter(tokens()).build();
        }
    }

    /** See {@link #ROUTE}. */
    public static final class OneRoute implements Supplier<Gateway> {
        @Override
        public Gateway get() {
            return gateway()
                    .route(Route.named("application")
                            .path("/**")
                            .filter(limit())
                            .filter(tokens())
                            .maxRequestBody(1 << 20)
                            .toHostApplication())
                    .build();
        }
    }
}
