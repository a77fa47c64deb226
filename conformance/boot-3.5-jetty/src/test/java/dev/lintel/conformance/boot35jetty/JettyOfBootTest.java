package dev.lintel.conformance.boot35jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot 3.5 pins Jetty 12.0, for its server and for clients: filters run in it, the router says why it does not. */
class JettyOfBootTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/hello")
        String hello(@RequestHeader("X-Consumer-ID") String consumer) {
            return "hello " + consumer;
        }
    }

    @Test
    void filtersRunAlone() {
        var apiKey = ApiKeyAuthFilter.builder().plainKey("demo", "demo-key").build();
        try (ConfigurableApplicationContext context = start(
                Map.of("requestId", () -> filter(RequestIdFilter.create(), 1), "apiKey", () -> filter(apiKey, 2)))) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            RawRequest request = RawRequest.get("/hello").header("X-Consumer-ID", "admin");
            RawResponse refused = RawClient.exchange(port, request);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("X-Request-ID")).isNotEmpty();
            RawResponse passed = RawClient.exchange(port, request.header("X-API-Key", "demo-key"));
            assertThat(passed.bodyText()).isEqualTo("hello demo");
        }
    }

    @Test
    void servletIsRefusedAtStart() {
        assertRefused(() -> {
            var servlet = new ServletRegistrationBean<>(new GatewayServlet(gateway()), "/*");
            servlet.setLoadOnStartup(1);
            return servlet;
        });
    }

    @Test
    void routerFilterIsRefusedAtStart() {
        assertRefused(() -> filter(new RouterFilter(gateway()), 1));
    }

    /** Names what is there and what is needed. */
    private static void assertRefused(Supplier<ServletContextInitializer> router) {
        assertThatThrownBy(() -> start(Map.of("router", router)).close())
                .rootCause()
                .hasMessageContaining("jetty-client 12.0.")
                .hasMessageContaining("<jetty.version>12.1.");
    }

    private static Gateway gateway() {
        return Gateway.builder()
                .upstream(Upstream.named("orders").target("http://127.0.0.1:1"))
                .route(Route.named("orders").path("/orders/**").to("orders"))
                .build();
    }

    private static FilterRegistrationBean<Filter> filter(Filter filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(order);
        return registration;
    }

    private static ConfigurableApplicationContext start(Map<String, Supplier<ServletContextInitializer>> beans) {
        SpringApplication boot = new SpringApplication(Application.class);
        boot.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off"));
        boot.addInitializers(context -> beans.forEach((name, bean) ->
                ((GenericApplicationContext) context).registerBean(name, ServletContextInitializer.class, bean)));
        return boot.run();
    }
}
