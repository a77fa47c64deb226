package dev.lintel.metrics;

import static java.util.Objects.requireNonNull;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.measure.Measured;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * {@code /metrics} of the admin port, in the text format of Prometheus: what {@link MetricsFilter} counts, and what filters and the
 * server tell about themselves at the time they are asked. Found by itself when this module is on the class path. Thread-safe.
 */
public final class PrometheusPage implements AdminResource {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final PartMeters parts;

    /** The page of {@link #registry()}. */
    public PrometheusPage() {
        this(registry());
    }

    private PrometheusPage(PrometheusMeterRegistry registry) {
        this.registry = registry;
        this.parts = new PartMeters(registry);
    }

    /** The page of a registry of your own; goes before the one that is found by itself. */
    public static PrometheusPage of(PrometheusMeterRegistry registry) {
        return new PrometheusPage(requireNonNull(registry, "registry"));
    }

    /** The registry of this process, which filters without one of their own count into. */
    public static PrometheusMeterRegistry registry() {
        return OfProcess.REGISTRY;
    }

    private static final class OfProcess {
        private static final PrometheusMeterRegistry REGISTRY = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Override
    public String path() {
        return "/metrics";
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        Set<Measured> measured = Collections.newSetFromMap(new IdentityHashMap<>());
        measured.addAll(request.server());
        Gateway gateway = request.gateway();
        add(gateway.filters(), measured);
        for (Route route : gateway.routes()) {
            add(route.filters(), measured);
        }
        parts.refresh(measured);
        return new AdminAnswer(200, TEXT, registry.scrape());
    }

    private static void add(List<?> filters, Set<Measured> measured) {
        for (Object filter : filters) {
            if (filter instanceof Measured part) {
                measured.add(part);
            }
        }
    }
}
