package dev.lintel.filters.accesslog;

import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.Time;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.RequestCompletion;
import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.request.RequestPath;
import dev.lintel.testing.Container;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A log file in a directory, and an application whose requests are logged there by a clock that stands still. */
final class LoggedApp {

    final MutableClock clock = MutableClock.at(Instant.parse("2026-02-03T04:05:06.789Z"));

    private final Path directory;

    LoggedApp(Path directory) {
        this.directory = directory;
    }

    Path file() {
        return directory.resolve("access.log");
    }

    List<String> lines() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    AccessLogFilterBuilder builder() {
        return AccessLogFilter.builder().file(file());
    }

    AccessLogFilter filter(Format format) {
        return builder().format(format).build();
    }

    /** Sends one request to an application that answers {@code hello}, and gives the one line that was written. */
    String serve(Container container, Filter log, RawRequest request, Filter... behind) {
        return serve(
                container,
                log,
                request,
                (any, response) -> response.getOutputStream().print("hello"),
                behind);
    }

    String serve(Container container, Filter log, RawRequest request, ServletSetup.Body body, Filter... behind) {
        WebApp.Builder building =
                WebApp.on(container).filter("clock", byTheClock()).filter("log", log);
        for (Filter filter : behind) {
            building.filter("behind", filter);
        }
        try (WebApp app = building.serve("/*", body).start()) {
            RawClient.exchange(app.port(), request);
            await().until(() -> lines().size() == 1);
        }
        return lines().get(0);
    }

    private Filter byTheClock() {
        ExchangeSettings usual = ExchangeSettings.DEFAULT;
        ExchangeSettings settings = new ExchangeSettings(
                usual.trustedProxies(),
                usual.identityHeaders(),
                usual.rejectionWriter(),
                new Time(clock, clock.monotonic()));
        return (any, response, chain) -> {
            HttpServletRequest request = (HttpServletRequest) any;
            Exchange exchange = Exchange.begin(request, RequestPath.parse("/"), settings);
            chain.doFilter(ExchangeRequest.of(request, exchange), response);
            RequestCompletion.leave(exchange, request, (HttpServletResponse) response);
        };
    }
}
