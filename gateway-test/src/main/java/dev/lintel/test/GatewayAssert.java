package dev.lintel.test;

import static java.util.Objects.requireNonNull;

import dev.lintel.Gateway;
import dev.lintel.explain.RequestDescription;
import dev.lintel.router.Explainer;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a gateway: what it would do with a request. Begun by {@link GatewayAssertions#assertThat}. Not thread-safe. */
public final class GatewayAssert extends AbstractAssert<GatewayAssert, Gateway> {

    private TestClock clock = TestClock.at("2026-01-01T12:00:00Z");
    private boolean clocked;
    private boolean inFrontOfApplication;

    GatewayAssert(Gateway gateway) {
        super(gateway, GatewayAssert.class);
    }

    /**
     * Has requests come at the time that a clock shows. Without it they come now, and time stands still while requests are counted
     * ({@link RequestAssert#limitedAfter}).
     */
    public GatewayAssert at(TestClock time) {
        this.clock = requireNonNull(time, "time");
        this.clocked = true;
        return this;
    }

    /** Takes the gateway for one in front of an application, as a {@code RouterFilter} runs it: the application gets what no route matches. */
    public GatewayAssert inFrontOfApplication() {
        this.inFrontOfApplication = true;
        return this;
    }

    /** A GET request; a path, or a URL with scheme and host. */
    public RequestAssert get(String url) {
        return request("GET", url);
    }

    /** A HEAD request. */
    public RequestAssert head(String url) {
        return request("HEAD", url);
    }

    /** A POST request. */
    public RequestAssert post(String url) {
        return request("POST", url);
    }

    /** A PUT request. */
    public RequestAssert put(String url) {
        return request("PUT", url);
    }

    /** A PATCH request. */
    public RequestAssert patch(String url) {
        return request("PATCH", url);
    }

    /** A DELETE request. */
    public RequestAssert delete(String url) {
        return request("DELETE", url);
    }

    /** An OPTIONS request. */
    public RequestAssert options(String url) {
        return request("OPTIONS", url);
    }

    /**
     * Any request.
     *
     * @param method the method
     * @param url a path, or a URL with scheme and host; taken byte for byte
     */
    public RequestAssert request(String method, String url) {
        return request(RequestDescription.of(method, url));
    }

    /** Any request. */
    public RequestAssert request(RequestDescription description) {
        isNotNull();
        // seen by counters alone, unless a clock was given: tokens and schedules go by the time of day
        TestClock counting =
                clocked ? clock : TestClock.at(actual.settings().time().wall().instant());
        Gateway timed = actual.withTime(counting.time());
        Explainer explainer = inFrontOfApplication ? Explainer.inFrontOfApplication(timed) : Explainer.of(timed);
        return new RequestAssert(description, explainer, counting);
    }
}
