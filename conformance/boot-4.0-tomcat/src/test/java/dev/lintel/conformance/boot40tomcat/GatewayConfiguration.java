package dev.lintel.conformance.boot40tomcat;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.router.GatewayServlet;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration
class GatewayConfiguration {

    @Bean
    FilterRegistrationBean<JwtAuthFilter> jwt(@Value("${idp.issuer}") String issuer) {
        var jwt = new FilterRegistrationBean<>(
                JwtAuthFilter.builder().issuer(issuer).audience("orders-api").build());
        jwt.addUrlPatterns("/api/*");
        jwt.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        jwt.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return jwt;
    }

    @Bean
    FilterRegistrationBean<RateLimitFilter> limit() {
        var limit = new FilterRegistrationBean<>(RateLimitFilter.builder()
                .limit("per-user", 100, Duration.ofMinutes(1))
                .key(by(claim("sub")))
                .build());
        limit.addUrlPatterns("/api/*");
        limit.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
        return limit;
    }

    @Bean
    ServletRegistrationBean<GatewayServlet> gateway(@Value("${orders.url}") String orders) {
        Gateway gateway = Gateway.builder()
                .upstream(Upstream.named("orders").target(orders))
                .route(Route.named("orders").path("/orders/**").to("orders"))
                .build();
        var servlet = new ServletRegistrationBean<>(new GatewayServlet(gateway), "/orders/*");
        servlet.setLoadOnStartup(1);
        return servlet;
    }
}
