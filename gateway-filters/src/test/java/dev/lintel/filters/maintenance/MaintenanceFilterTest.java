package dev.lintel.filters.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.Time;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.RequestPath;
import dev.lintel.request.TrustedProxies;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaintenanceFilterTest {

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-31T21:00:00Z"));

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesWhileSwitchedOn(Container container) {
        MaintenanceSwitch toggle = MaintenanceSwitch.create();
        try (WebApp app = app(
                container,
                MaintenanceFilter.builder()
                        .switchedBy(toggle)
                        .retryAfter(Duration.ofSeconds(90))
                        .detail("Back soon.")
                        .build())) {
            assertThat(status(app)).isEqualTo(200);
            toggle.turnOn();
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("90");
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.bodyText()).contains("\"rule\":\"maintenance\"", "\"detail\":\"Back soon.\"");
            toggle.turnOff();
            assertThat(status(app)).isEqualTo(200);
        }
    }

    @Test
    void refusesWhileAFileExists(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("maintenance");
        Files.createFile(file);
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter(FilterSetup.of("maintenance", MaintenanceFilter.class).param("file", file.toString()))
                .serve("/", (request, response) -> {})
                .start()) {
            // seen before the first request, and gone within a moment
            assertThat(status(app)).isEqualTo(503);
            Files.delete(file);
            await().untilAsserted(() -> assertThat(status(app)).isEqualTo(200));
            Files.createFile(file);
            await().untilAsserted(() -> assertThat(status(app)).isEqualTo(503));
        }
    }

    @Test
    void keepsToItsSchedule() {
        try (WebApp app = app(
                Container.JETTY_EE10,
                MaintenanceFilter.builder()
                        .from(Instant.parse("2026-01-31T22:00:00Z"))
                        .to(Instant.parse("2026-01-31T23:30:00Z"))
                        .build())) {
            clock.setWallClock(Instant.parse("2026-01-31T21:59:59.999Z"));
            assertThat(status(app)).isEqualTo(200);
            clock.setWallClock(Instant.parse("2026-01-31T22:00:00Z"));
            assertThat(retryAfter(app)).isEqualTo("5400");
            clock.setWallClock(Instant.parse("2026-01-31T23:29:59.500Z"));
            assertThat(retryAfter(app)).isEqualTo("1");
            clock.setWallClock(Instant.parse("2026-01-31T23:30:00Z"));
            assertThat(status(app)).isEqualTo(200);
        }
    }

    @Test
    void mayBeginOrEndByItselfAlone() {
        MaintenanceOptions beginning =
                MaintenanceFilter.builder().from(clock.instant()).options(new Problems());
        assertThat(beginning.isScheduled(clock.instant())).isTrue();
        assertThat(beginning.isScheduled(clock.instant().minusNanos(1))).isFalse();
        assertThat(beginning.isScheduled(clock.instant().plusSeconds(1_000_000)))
                .isTrue();
        MaintenanceOptions ending =
                MaintenanceFilter.builder().to(clock.instant()).options(new Problems());
        assertThat(ending.isScheduled(clock.instant().minusSeconds(1_000_000))).isTrue();
        assertThat(ending.isScheduled(clock.instant())).isFalse();
    }

    @Test
    void servesWhoIsAllowed() {
        try (WebApp app = app(
                Container.JETTY_EE10,
                MaintenanceFilter.builder()
                        .enabled(true)
                        .allow("127.0.0.1", "2001:db8::/32")
                        .build())) {
            assertThat(status(app)).isEqualTo(200);
        }
        try (WebApp app = app(
                Container.JETTY_EE10,
                MaintenanceFilter.builder().enabled(true).allow("10.0.0.0/8").build())) {
            RawRequest claiming = RawRequest.get("/").header("X-Forwarded-For", "10.0.0.1");
            assertThat(RawClient.exchange(app.port(), claiming).status()).isEqualTo(503);
        }
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> MaintenanceFilter.builder()
                        .from(Instant.EPOCH)
                        .to(Instant.EPOCH)
                        .retryAfter(Duration.ofMillis(10))
                        .detail(" ")
                        .allow("x")
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly("to 1970-01-01T00:00:00Z", "retryAfter 10ms", "detail  ", "allow x"));
        assertThatThrownBy(() -> MaintenanceFilter.builder().build()).hasMessageContaining("enabled: false");
        assertThatThrownBy(() -> WebApp.on(Container.JETTY_EE10)
                        .filter(FilterSetup.of("maintenance", MaintenanceFilter.class)
                                .param("from", "tomorrow")
                                .param("to", "2026-01-31T22:00:00Z"))
                        .start())
                .rootCause()
                .hasMessageContaining("from: tomorrow (expected: an instant such as 2026-01-31T22:00:00Z)");
    }

    private WebApp app(Container container, Filter maintenance) {
        ExchangeSettings settings = new ExchangeSettings(
                TrustedProxies.none(),
                IdentityHeaders.DEFAULT,
                RejectionWriter.problemJson(),
                new Time(clock, clock.monotonic()));
        Filter gateway = (request, response, chain) -> {
            Exchange exchange = Exchange.begin((HttpServletRequest) request, RequestPath.parse("/"), settings);
            chain.doFilter(request, response);
            exchange.complete();
        };
        return WebApp.on(container)
                .filter("gateway", gateway)
                .filter("maintenance", maintenance)
                .serve("/", (request, response) -> {})
                .start();
    }

    private static int status(WebApp app) {
        return RawClient.exchange(app.port(), RawRequest.get("/")).status();
    }

    private static String retryAfter(WebApp app) {
        return RawClient.exchange(app.port(), RawRequest.get("/")).header("Retry-After");
    }
}
