package dev.lintel.metrics;

import static java.util.Objects.requireNonNull;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Counts and times every request, and what became of it, once it is over. Labels are routes, upstreams and rules, never paths,
 * callers or addresses. Belongs to the filters for every request, before those that refuse. Thread-safe.
 */
public final class MetricsFilter extends LintelFilter implements NonWaiting {

    private static final OptionCatalogue CATALOGUE =
            OptionCatalogue.of("metrics", "Counts and times every request, and what became of it.");

    private final RequestMeters meters;

    /** For {@code web.xml} and files: counts into {@link PrometheusPage#registry()}. */
    public MetricsFilter() {
        super(false);
        this.meters = new RequestMeters(PrometheusPage.registry());
    }

    private MetricsFilter(MeterRegistry registry) {
        super(true);
        this.meters = new RequestMeters(registry);
    }

    /**
     * Makes a filter.
     *
     * @param registry what it counts into; filters with the same registry count together
     */
    public static MetricsFilter of(MeterRegistry registry) {
        return new MetricsFilter(requireNonNull(registry, "registry"));
    }

    @Override
    public Stage stage() {
        return Stage.ACCESS_LOG;
    }

    @Override
    public OptionCatalogue catalogue() {
        return CATALOGUE;
    }

    @Override
    protected void configure(OptionReader options) {
        // nothing to be told
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        meters.begin(exchange);
        chain.doFilter(request, response);
    }
}
