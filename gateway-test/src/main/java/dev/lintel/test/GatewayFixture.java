package dev.lintel.test;

import static java.util.Objects.requireNonNull;

import dev.lintel.Gateway;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawRequest;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway on a real server, with stubs in place of its upstreams, on free ports of 127.0.0.1. With JUnit as an extension: in a static field
 * it runs for all tests of the class and stubs forget their requests between them, in another for one test. Without, {@link #start} and
 * {@link #close}. Not thread-safe; the requests and stubs are.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GatewayFixture FIXTURE =
 *     GatewayFixture.of(gateway).stub("orders", orders -> orders.respond(200, "[]"));
 *
 * FIXTURE.get("/api/orders").bearer(tokens.alice()).send().status();
 * FIXTURE.stub("orders").request().header("X-User-ID");
 * }</pre>
 *
 * <p>Filters are initialised as in any server, so those that keep something, such as limits, go on from test to test in a static field. A
 * gateway made anew for each run, as by {@link #of(Supplier)} in a field that is not static, begins anew.
 */
public final class GatewayFixture
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    private final Supplier<Gateway> gateway;
    private final Map<String, Stub> stubs = new LinkedHashMap<>();
    private @Nullable TestClock clock;
    private @Nullable GatewayServer server;
    private boolean forAll;

    private GatewayFixture(Supplier<Gateway> gateway) {
        this.gateway = gateway;
    }

    /** For a gateway. */
    public static GatewayFixture of(Gateway gateway) {
        requireNonNull(gateway, "gateway");
        return of(() -> gateway);
    }

    /** For a gateway that is made when the fixture starts, from a file for example. */
    public static GatewayFixture of(Supplier<Gateway> gateway) {
        return new GatewayFixture(requireNonNull(gateway, "gateway"));
    }

    /**
     * Puts a stub in place of the targets of an upstream. An upstream without one gets a stub that answers 200 without a body; nothing
     * is ever sent to real targets. The stub keeps the base path of the first target, and the upstream its {@code Host}.
     *
     * @param upstream the upstream's name
     * @param says what the stub answers
     */
    public GatewayFixture stub(String upstream, Consumer<Stub> says) {
        says.accept(stubs.computeIfAbsent(upstream, Stub::new));
        return this;
    }

    /** Has the gateway go by a clock. Filters that were given clocks of their own keep them. */
    public GatewayFixture clock(TestClock time) {
        this.clock = requireNonNull(time, "time");
        return this;
    }

    /**
     * The stub in place of an upstream.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Stub stub(String upstream) {
        Stub stub = stubs.get(upstream);
        if (stub == null) {
            throw new IllegalArgumentException("upstream: " + upstream + " (expected: one of " + stubs.keySet() + ")");
        }
        return stub;
    }

    /** Begins a GET request. */
    public FixtureRequest get(String target) {
        return request("GET", target);
    }

    /** Begins a POST request. */
    public FixtureRequest post(String target) {
        return request("POST", target);
    }

    /** Begins a PUT request. */
    public FixtureRequest put(String target) {
        return request("PUT", target);
    }

    /** Begins a DELETE request. */
    public FixtureRequest delete(String target) {
        return request("DELETE", target);
    }

    /**
     * Begins any request.
     *
     * @param method the method
     * @param target the raw path and query
     */
    public FixtureRequest request(String method, String target) {
        return new FixtureRequest(running().port(), RawRequest.of(method, target));
    }

    /** Where the gateway is, for any other client. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + running().port());
    }

    /**
     * Starts the stubs and the server.
     *
     * @return this
     * @throws dev.lintel.option.GatewayException if the gateway cannot be served
     */
    public GatewayFixture start() {
        if (server != null) {
            throw new IllegalStateException("fixture: running (expected: started once)");
        }
        Gateway served = gateway.get();
        TestClock time = clock;
        Gateway timed = time == null ? served : served.withTime(time.time());
        try {
            List<Upstream> stubbed = new ArrayList<>();
            for (Upstream upstream : timed.upstreams().values()) {
                Stub stub = stubs.computeIfAbsent(upstream.name(), Stub::new);
                stub.start();
                stubbed.add(stubbed(upstream, stub));
            }
            for (String name : stubs.keySet()) {
                if (!timed.upstreams().containsKey(name)) {
                    throw new IllegalArgumentException("stub: " + name + " (expected: one of the upstreams "
                            + timed.upstreams().keySet() + ")");
                }
            }
            server = GatewayServer.builder(timed.withUpstreams(stubbed))
                    .port(0)
                    .withoutAdminPort()
                    .start();
        } finally {
            if (server == null) {
                stubs.values().forEach(Stub::stop);
            }
        }
        return this;
    }

    private static Upstream stubbed(Upstream upstream, Stub stub) {
        List<Target> targets = upstream.source().targets();
        Target first = targets.isEmpty() ? null : targets.get(0);
        Upstream.Builder made = Upstream.named(upstream.name())
                .target(stub.url() + (first == null ? "" : first.basePath()))
                .maxConnections(upstream.maxConnections());
        String fixed = upstream.fixedHost();
        switch (upstream.hostHeader()) {
            case PRESERVED -> made.preserveHost();
            case FIXED -> made.host(fixed == null ? "" : fixed);
            case TARGET -> {
                if (first != null) {
                    made.host(first.authority());
                }
            }
        }
        return made.build();
    }

    /** Stops the server and the stubs. Without effect if they do not run. */
    @Override
    public void close() {
        GatewayServer running = server;
        server = null;
        if (running != null) {
            running.close();
            stubs.values().forEach(Stub::stop);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forAll = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (forAll) {
            stubs.values().forEach(Stub::forget);
        } else {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forAll) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        forAll = false;
        close();
    }

    private GatewayServer running() {
        GatewayServer running = server;
        if (running == null) {
            throw new IllegalStateException("fixture: not running (expected: started, or registered as an extension)");
        }
        return running;
    }

    @Override
    public String toString() {
        return "gateway fixture" + stubs.keySet();
    }
}
