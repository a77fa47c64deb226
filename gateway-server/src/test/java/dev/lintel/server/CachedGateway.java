package dev.lintel.server;

import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.Time;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.Script;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway with a cache in front of an upstream that answers by script, and a clock that the test moves. */
final class CachedGateway implements AutoCloseable {

    static final String FRESH = "Cache-Control: max-age=60";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-06-01T12:00:00Z"));
    private final AtomicInteger ended = new AtomicInteger();
    private final ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("answer", FRESH));
    private final CacheFilter cache;
    private final GatewayServer server;

    private CachedGateway(CacheFilter cache, List<Filter> inFront, List<Filter> behind) {
        this.cache = cache;
        server = GatewayServer.builder(gateway(cache, inFront, behind))
                .port(0)
                .http2ClearText()
                .start();
    }

    static CachedGateway start() {
        return with(CacheFilter.create());
    }

    static CachedGateway with(CacheFilter cache, Filter... inFront) {
        return new CachedGateway(cache, List.of(inFront), List.of());
    }

    static CachedGateway around(CacheFilter cache, Filter... behind) {
        return new CachedGateway(cache, List.of(), List.of(behind));
    }

    Gateway gateway(CacheFilter filter, List<Filter> inFront, List<Filter> behind) {
        // what is registered first is done last: after the cache has kept what it keeps
        Filter counting = (request, response, chain) -> {
            Objects.requireNonNull(Exchange.of(request)).onComplete(over -> ended.incrementAndGet());
            chain.doFilter(request, response);
        };
        GatewayBuilder gateway = Gateway.builder()
                .time(new Time(clock, clock.monotonic()))
                .allowMethods("M-SEARCH")
                .filter(counting)
                .upstream(Upstream.named("origin").target(upstream.url()));
        inFront.forEach(gateway::filter);
        gateway.filter(filter);
        RouteBuilder route = Route.named("all").path("/**").allowEncodedSlashes();
        behind.forEach(route::filter);
        return gateway.route(route.to("origin"))
                .route(Route.named("other").path("/other/**").to("origin"))
                .build();
    }

    MutableClock clock() {
        return clock;
    }

    CacheFilter cache() {
        return cache;
    }

    GatewayServer server() {
        return server;
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    CachedGateway scripted(Script script) {
        upstream.answerWith(script);
        return this;
    }

    CachedGateway answering(Answer answer) {
        return scripted(request -> answer);
    }

    /** How many requests the upstream has had. */
    int asked() {
        return upstream.requests().size();
    }

    void pass(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    RawResponse get(String path, String... lines) {
        return send(RawRequest.get(path), lines);
    }

    /** Sends a request and waits until all that follows from it is done. */
    RawResponse send(RawRequest request, String... lines) {
        int due = ended.get() + 1;
        RawRequest whole = request;
        for (String line : lines) {
            whole = whole.line(line);
        }
        RawResponse response = RawClient.exchange(server.port(), whole);
        awaitEnded(due);
        return response;
    }

    int ended() {
        return ended.get();
    }

    void awaitEnded(int requests) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> ended.get() >= requests);
    }

    @Override
    public void close() {
        server.close();
        upstream.close();
    }
}
