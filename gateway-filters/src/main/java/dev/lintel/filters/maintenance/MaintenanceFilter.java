package dev.lintel.filters.maintenance;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests with 503 and {@code Retry-After} while services are maintained: by option, by a switch, while a file
 * exists, or by schedule. Some clients may be served all the same. Thread-safe.
 */
public final class MaintenanceFilter extends LintelFilter implements NonWaiting, Predictable {

    private MaintenanceOptions options;
    private @Nullable FlagFile flag;

    /** For {@code web.xml}: the options are the init-params. */
    public MaintenanceFilter() {
        super(false);
        this.options = MaintenanceOptions.OFF;
    }

    MaintenanceFilter(MaintenanceOptions options) {
        super(true);
        this.options = options;
    }

    /** Begins the description of a filter. */
    public static MaintenanceFilterBuilder builder() {
        return new MaintenanceFilterBuilder();
    }

    /** Anywhere: in front of authentication nobody needs a credential to be told. */
    @Override
    public @Nullable Stage stage() {
        return null;
    }

    @Override
    public OptionCatalogue catalogue() {
        return MaintenanceCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        MaintenanceFilterBuilder builder = builder()
                .enabled(params.value(MaintenanceCatalogue.ENABLED))
                .retryAfter(params.value(MaintenanceCatalogue.RETRY_AFTER))
                .allow(params.value(MaintenanceCatalogue.ALLOW).toArray(String[]::new))
                .detail(params.value(MaintenanceCatalogue.DETAIL));
        params.given(MaintenanceCatalogue.FILE).ifPresent(builder::file);
        params.given(MaintenanceCatalogue.FROM).ifPresent(builder::from);
        params.given(MaintenanceCatalogue.TO).ifPresent(builder::to);
        options = builder.options(params.problems());
    }

    @Override
    protected void start(FilterConfig config) {
        Path path = options.file();
        if (path != null) {
            FlagFile watched = new FlagFile(path);
            watched.start();
            flag = watched;
        }
    }

    @Override
    protected void stop() {
        if (flag != null) {
            flag.stop();
        }
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Instant now = exchange.settings().time().wall().instant();
        if (!isOn(now) || options.allows(exchange.client().address())) {
            chain.doFilter(request, response);
            return;
        }
        reject(
                exchange,
                request,
                response,
                Rejection.gateway(503, "maintenance", options.detail())
                        .withHeader("Retry-After", Long.toString(secondsLeft(now))));
    }

    private boolean isOn(Instant now) {
        return isOnWithoutEnd() || options.isScheduled(now);
    }

    private boolean isOnWithoutEnd() {
        MaintenanceSwitch toggle = options.toggle();
        FlagFile file = flag;
        return options.enabled() || toggle != null && toggle.isOn() || (file == null ? isThere() : file.exists());
    }

    /** Asked before {@code init} alone, by who explains. */
    private boolean isThere() {
        Path path = options.file();
        return path != null && Files.exists(path);
    }

    private long secondsLeft(Instant now) {
        Instant end = options.to();
        return end == null || isOnWithoutEnd()
                ? options.retryAfter().toSeconds()
                : Duration.between(now, end).plusMillis(999).toSeconds();
    }
}
