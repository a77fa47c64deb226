package dev.lintel.conformance.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** The cache of {@code docs/spring-boot.md} in front of controllers, with a filter of Spring's behind it that makes tags. */
public abstract class CachedBootRun {

    private static final AtomicInteger ENDED = new AtomicInteger();

    private ConfigurableApplicationContext context;

    /** For subclasses. */
    protected CachedBootRun() {}

    /** What Boot finds. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({CacheConfiguration.class, CatalogController.class})
    static class Application {

        @Bean
        FilterRegistrationBean<RequestIdFilter> requestId() {
            var id = new FilterRegistrationBean<>(RequestIdFilter.create());
            id.setOrder(-60);
            return id;
        }

        /** Tells when all that follows from a request is done. */
        @Bean
        FilterRegistrationBean<Filter> counting() {
            var counting = new FilterRegistrationBean<Filter>((request, response, chain) -> {
                Objects.requireNonNull(Exchange.of(request)).onComplete(over -> ENDED.incrementAndGet());
                chain.doFilter(request, response);
            });
            counting.setOrder(-59);
            return counting;
        }

        @Bean
        FilterRegistrationBean<ShallowEtagHeaderFilter> tags() {
            var tags = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
            tags.addUrlPatterns("/catalog/asked-about");
            tags.setOrder(-40);
            return tags;
        }
    }

    @BeforeEach
    void start() {
        SpringApplication boot = new SpringApplication(Application.class);
        boot.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off"));
        context = boot.run();
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private RawResponse send(RawRequest request) {
        int due = ENDED.get() + 1;
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        RawResponse response = RawClient.exchange(port, request.line("Connection: close"));
        await().until(() -> ENDED.get() >= due);
        return response;
    }

    private RawResponse get(String path) {
        return send(RawRequest.get(path));
    }

    private CacheFilter cache() {
        return (CacheFilter)
                context.getBean("cache", FilterRegistrationBean.class).getFilter();
    }

    private int asked() {
        return context.getBean(CatalogController.class).asked();
    }

    private static String told(RawResponse response) {
        return String.join(", ", response.headers("Cache-Status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/catalog/short", "/catalog/long", "/catalog/later"})
    void whatControllersAnswerIsAnsweredAgainAsItWas(String path) {
        RawResponse first = get(path);
        assertThat(first.status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            RawResponse again = get(path);
            assertThat(told(again)).startsWith("lintel; hit");
            assertThat(again.complete()).isTrue();
            assertThat(again.body()).isEqualTo(first.body());
            for (String name : List.of("Content-Type", "Cache-Control", "Set-Cookie")) {
                assertThat(again.headers(name)).as(name).isEqualTo(first.headers(name));
            }
        }
        assertThat(asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/catalog/mine", "/catalog/private", "/catalog/missing", "/catalog/fails", "/catalog/fails-later"
            })
    void whatIsSomebodysOrAnErrorIsNot(String path) {
        for (int i = 1; i <= 2; i++) {
            assertThat(told(get(path))).doesNotContain("hit");
            assertThat(cache().size()).isZero();
            assertThat(asked()).isEqualTo(i);
        }
    }

    /** Spring writes it before it has the request dispatched, and whoever dispatches may lead past the cache. */
    @Test
    void whatIsStreamedIsPassedOnAndNotKept() {
        for (int i = 0; i < 2; i++) {
            RawResponse response = get("/catalog/streamed");
            assertThat(response.complete()).isTrue();
            assertThat(response.bodyText()).isEqualTo(CatalogController.LONG);
            assertThat(cache().size()).isZero();
        }
    }

    @Test
    void whatHasATagIsAskedAboutAndConfirmed() {
        RawResponse first = get("/catalog/asked-about");
        String tag = first.header("ETag");
        for (int i = 0; i < 2; i++) {
            RawResponse confirmed = get("/catalog/asked-about");
            assertThat(told(confirmed)).isEqualTo("lintel; fwd=stale; fwd-status=304");
            assertThat(confirmed.status()).isEqualTo(200);
            assertThat(confirmed.body()).isEqualTo(first.body());
            assertThat(confirmed.header("ETag")).isEqualTo(tag);
        }
        RawResponse known = send(RawRequest.get("/catalog/asked-about").header("If-None-Match", tag));
        assertThat(known.status()).isEqualTo(304);
    }

    @Test
    void aChangeDropsWhatIsKept() {
        get("/catalog/short");
        assertThat(send(RawRequest.post("/catalog/short").body("x")).bodyText()).isEqualTo("changed");
        assertThat(told(get("/catalog/short"))).doesNotContain("hit");
    }
}
