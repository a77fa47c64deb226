package dev.lintel.metrics;

import dev.lintel.Attempt;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What is counted of each exchange. Thread-safe. */
final class RequestMeters implements Consumer<Exchange> {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final String NONE = "none";

    private final LongAdder active;
    private final Series requests;
    private final Series upstreams;
    private final Series rejections;
    private final Series limits;
    private final Series callers;
    private final Series received;
    private final Series sent;

    RequestMeters(MeterRegistry registry) {
        this.active = ActiveRequests.of(registry);
        this.requests =
                new Series(registry, "gateway.requests", "Requests, from the first byte to the last of the answer.");
        this.upstreams = new Series(
                registry, "gateway.upstream.requests", "Tries to get an answer from an upstream, until its last byte.");
        this.rejections = new Series(
                registry, "gateway.rejections", "Requests that were not answered by their destination, by rule.");
        this.limits =
                new Series(registry, "gateway.limits.exceeded", "Requests refused because of a limit, by its name.");
        this.callers =
                new Series(registry, "gateway.callers", "Requests whose caller was verified, by kind of credential.");
        this.received = new Series(registry, "gateway.request.bytes", "Octets of request bodies.");
        this.sent = new Series(registry, "gateway.response.bytes", "Octets of response bodies.");
    }

    void begin(Exchange exchange) {
        active.increment();
        exchange.onComplete(this);
    }

    @Override
    public void accept(Exchange exchange) {
        active.decrement();
        Route matched = exchange.route();
        String route = matched == null ? NONE : matched.name();
        String method = METHODS.contains(exchange.method()) ? exchange.method() : "other";
        requests.timer(
                        "route",
                        route,
                        "method",
                        method,
                        "status",
                        status(exchange.status()),
                        "outcome",
                        outcome(exchange))
                .record(exchange.elapsedNanos(), TimeUnit.NANOSECONDS);
        List<Attempt> attempts = exchange.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            attempt(attempts.get(i));
        }
        Rejection rejection = exchange.rejection();
        if (rejection != null) {
            rejections.counter("route", route, "rule", rejection.rule()).increment();
            for (String policy : rejection.violatedPolicies()) {
                limits.counter("route", route, "policy", policy).increment();
            }
        }
        Caller caller = exchange.caller();
        if (caller != null) {
            callers.counter("route", route, "kind", caller.kind()).increment();
        }
        if (exchange.requestBytes() > 0) {
            received.counter("route", route).increment((double) exchange.requestBytes());
        }
        if (exchange.responseBytes() > 0) {
            sent.counter("route", route).increment((double) exchange.responseBytes());
        }
    }

    private void attempt(Attempt attempt) {
        String failure = attempt.failure();
        upstreams
                .timer(
                        "upstream",
                        attempt.upstream(),
                        "status",
                        status(attempt.status()),
                        "outcome",
                        failure == null ? "answered" : failure)
                .record(attempt.durationNanos(), TimeUnit.NANOSECONDS);
    }

    private static String outcome(Exchange exchange) {
        Rejection rejection = exchange.rejection();
        if (rejection != null) {
            return switch (rejection.origin()) {
                case CLIENT -> "refused";
                case GATEWAY -> "gateway-failed";
                case UPSTREAM -> "upstream-failed";
            };
        }
        String failure = exchange.failure();
        return failure == null ? "answered" : failure;
    }

    private static String status(int status) {
        return status < 100 || status > 599 ? NONE : status / 100 + "xx";
    }

    /** One gauge for each registry, however many filters count into it. */
    private static final class ActiveRequests {

        private static final Map<MeterRegistry, LongAdder> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

        static LongAdder of(MeterRegistry registry) {
            return KNOWN.computeIfAbsent(registry, key -> {
                LongAdder adder = new LongAdder();
                Gauge.builder("gateway.requests.active", adder, LongAdder::sum)
                        .description("Requests that have begun and not ended.")
                        .tags(Tags.empty())
                        .strongReference(true)
                        .register(key);
                return adder;
            });
        }
    }
}
