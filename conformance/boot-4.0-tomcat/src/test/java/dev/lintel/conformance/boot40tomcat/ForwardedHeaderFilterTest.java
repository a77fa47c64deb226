package dev.lintel.conformance.boot40tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.request.TrustedProxies;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Spring's own way to believe forwarded headers, beside Lintel's. */
class ForwardedHeaderFilterTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Behind {

        @Bean
        FilterRegistrationBean<RequestIdFilter> requestId() {
            var id = new FilterRegistrationBean<>(RequestIdFilter.create());
            // Spring's is at the highest precedence
            id.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            return id;
        }

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }
    }

    /** Says nothing of a request that nobody has changed, and names Spring's filter, once, where that has. */
    @Test
    void isToldOfOnceWhereItComesBeforeLintel() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();

        ask("none", log);
        assertThat(log.list).isEmpty();

        ask("framework", log);
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .startsWith("ForwardedHeaderFilter: in front of Lintel")
                    .contains("server.forward-headers-strategy=none")
                    .contains("trustedProxies");
        });
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Cached {

        @Bean
        FilterRegistrationBean<RequestIdFilter> requestId() {
            var id = new FilterRegistrationBean<>(RequestIdFilter.create());
            id.setOrder(1);
            return id;
        }

        @Bean
        FilterRegistrationBean<ForwardedHeaderFilter> springs(@Value("${springs.order}") int order) {
            var forwarded = new FilterRegistrationBean<>(new ForwardedHeaderFilter());
            forwarded.setOrder(order);
            return forwarded;
        }

        @Bean
        FilterRegistrationBean<CacheFilter> cache() {
            var cache = new FilterRegistrationBean<>(CacheFilter.create());
            cache.setOrder(3);
            return cache;
        }

        @GetMapping("/**")
        ResponseEntity<String> link() {
            String link = ServletUriComponentsBuilder.fromCurrentRequest().toUriString();
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)))
                    .body(link);
        }
    }

    /** It hides from a cache what it goes by, so that the cache could not choose by that; before Lintel, and between Lintel and the cache. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void poisonsNoCacheByAPrefixThatAClientMakesUp(int order) {
        SpringApplication boot = new SpringApplication(Cached.class);
        boot.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "springs.order", Integer.toString(order),
                "spring.main.banner-mode", "off",
                "logging.level.root", "off"));
        try (ConfigurableApplicationContext context = boot.run()) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            for (String path : List.of("/a", "/evil/a")) {
                RawResponse evil = RawClient.exchange(port, RawRequest.get("/a").header("X-Forwarded-Prefix", "/evil"));
                assertThat(evil.bodyText()).endsWith("/evil/a");
                assertThat(evil.header("Cache-Status")).isEqualTo("lintel; fwd=bypass");
                RawResponse right = RawClient.exchange(port, RawRequest.get(path));
                assertThat(right.bodyText()).matches("http://[^/]*" + path);
                assertThat(right.header("Cache-Status")).isEqualTo("lintel; fwd=uri-miss");
            }
        }
    }

    private static void ask(String strategy, ListAppender<ILoggingEvent> log) {
        SpringApplication boot = new SpringApplication(Behind.class);
        boot.setDefaultProperties(Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "server.forward-headers-strategy",
                strategy,
                "spring.main.banner-mode",
                "off",
                "logging.level.root",
                "off",
                "logging.level." + TrustedProxies.class.getName(),
                "warn"));
        try (ConfigurableApplicationContext context = boot.run()) {
            Logger logger = (Logger) LoggerFactory.getLogger(TrustedProxies.class);
            logger.addAppender(log);
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            for (int i = 0; i < 2; i++) {
                RawRequest request = RawRequest.get("/hello").header("X-Forwarded-For", "203.0.113.7");
                assertThat(RawClient.exchange(port, request).bodyText()).isEqualTo("hello");
            }
            logger.detachAppender(log);
        }
    }
}
