package dev.lintel.test;

import dev.lintel.explain.Ending;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.Field;
import dev.lintel.explain.RequestDescription;
import dev.lintel.explain.Step;
import dev.lintel.explain.Step.Decision;
import dev.lintel.filter.Rehearsal;
import dev.lintel.router.Explainer;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * A request, described first, and assertions on what a gateway would do with it. A failure shows what it would do instead, without secrets.
 * Not thread-safe.
 */
public final class RequestAssert extends AbstractAssert<RequestAssert, RequestDescription> {

    private static final int MOST_REQUESTS = 100_000;

    private final Explainer explainer;
    private final TestClock clock;
    private RequestDescription described;
    private @Nullable Explanation told;
    private @Nullable Rehearsal series;

    RequestAssert(RequestDescription description, Explainer explainer, TestClock clock) {
        super(description, RequestAssert.class);
        this.described = description;
        this.explainer = explainer;
        this.clock = clock;
    }

    private RequestAssert with(RequestDescription other) {
        described = other;
        told = null;
        return this;
    }

    /** Adds a header field; {@code Host} takes the place of the one before. */
    public RequestAssert header(String name, String value) {
        return with(described.header(name, value));
    }

    /** Adds {@code Authorization} with a bearer token. */
    public RequestAssert bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** Adds an API key in {@code X-API-Key}. */
    public RequestAssert apiKey(String key) {
        return header("X-API-Key", key);
    }

    /** Has the request come from an address; from 127.0.0.1 otherwise. */
    public RequestAssert from(String address) {
        return with(described.from(address));
    }

    /** Has the request come over TLS. */
    public RequestAssert overTls() {
        return with(described.secure(true));
    }

    /** Adds a body that declares its length. */
    public RequestAssert body(long bytes) {
        return header("Content-Length", Long.toString(bytes));
    }

    /** What the gateway would do, for assertions that are not here. */
    public Explanation explanation() {
        Explanation known = told;
        if (known == null) {
            // a series of one: what filters have counted of requests that they serve is by another clock
            known = explainer.explain(described, Rehearsal.series());
            told = known;
        }
        return known;
    }

    /** That the request takes a route and is not refused before its destination. */
    public RequestAssert routesTo(String route) {
        takesRoute(route);
        if (explanation().ending() instanceof Ending.Answered answered && answered.rule() != null) {
            failed("to come to the destination of " + route, "it is refused with " + answered);
        }
        return this;
    }

    /** That the request takes a route, whatever its filters make of it. */
    public RequestAssert takesRoute(String route) {
        String taken = explanation().route();
        if (!route.equals(taken)) {
            failed("to take the route " + route, "it takes " + (taken == null ? "none" : taken));
        }
        return this;
    }

    /** That no route takes the request. */
    public RequestAssert hasNoRoute() {
        String taken = explanation().route();
        if (taken != null && !explanation().routeElement().equals("otherwise")) {
            failed("to take no route", "it takes " + taken);
        }
        return this;
    }

    /** That an upstream gets the request. */
    public RequestAssert goesToUpstream(String upstream) {
        String name = upstream("to go to the upstream " + upstream).upstream();
        if (!name.equals(upstream)) {
            failed("to go to the upstream " + upstream, "it goes to " + name);
        }
        return this;
    }

    /** That the application gets the request that the gateway is in front of. */
    public RequestAssert goesToApplication() {
        if (!(explanation().ending() instanceof Ending.ToApplication)) {
            failed(
                    "to go to the host application",
                    "it ends otherwise: " + explanation().ending());
        }
        return this;
    }

    /** That the upstream sees this raw path. */
    public RequestAssert withUpstreamPath(String path) {
        String seen = upstream("to have the upstream path " + path).path();
        if (!seen.equals(path)) {
            failed("to have the upstream path " + path, "it is " + seen);
        }
        return this;
    }

    /** That the upstream sees this raw query; null for none. */
    public RequestAssert withUpstreamQuery(@Nullable String query) {
        Ending.ToUpstream upstream = upstream("to have an upstream query");
        String target = upstream.target();
        int mark = target.indexOf('?');
        String seen = mark < 0 ? null : target.substring(mark + 1);
        if (!Objects.equals(seen, query)) {
            failed("to have the upstream query " + query, "the upstream sees " + upstream.shownTarget());
        }
        return this;
    }

    /** That the destination sees exactly one header field of that name, with that value. */
    public RequestAssert hasUpstreamHeader(String name, String value) {
        List<Field> fields = named(destinationFields("to have the upstream header " + name), name);
        if (fields.size() != 1 || !fields.get(0).value().equals(value)) {
            failed("to have the upstream header " + name + " with the value given", "there is " + fields);
        }
        return this;
    }

    /** That the destination sees a header field of that name. */
    public RequestAssert hasUpstreamHeader(String name) {
        if (named(destinationFields("to have the upstream header " + name), name)
                .isEmpty()) {
            failed("to have the upstream header " + name, "there is none");
        }
        return this;
    }

    /** That the destination sees no header field of that name. */
    public RequestAssert hasNoUpstreamHeader(String name) {
        List<Field> fields = named(destinationFields("to have no upstream header " + name), name);
        if (!fields.isEmpty()) {
            failed("to have no upstream header " + name, "there is " + fields);
        }
        return this;
    }

    /** That the gateway refuses the request. */
    public RequestAssert isRefusedWith(int status) {
        Ending.Answered answered = answered("to be refused with " + status);
        if (answered.status() != status || answered.rule() == null) {
            failed("to be refused with " + status, "it is answered with " + answered);
        }
        return this;
    }

    /**
     * That the gateway refuses the request, by a rule.
     *
     * @param rule as the answer's {@code rule} says it, such as {@code token-missing}
     */
    public RequestAssert isRefusedWith(int status, String rule) {
        isRefusedWith(status);
        Ending.Answered answered = answered("to be refused with " + status);
        if (!rule.equals(answered.rule())) {
            failed("to be refused with " + status + " " + rule, "the rule is " + answered.rule());
        }
        return this;
    }

    /** That a filter refuses the request. */
    public RequestAssert isRefusedBy(Class<? extends Filter> filter) {
        Decision decision = decisionOf(filter);
        if (decision != Decision.REFUSES) {
            failed("to be refused by " + filter.getSimpleName(), "that " + decision);
        }
        return this;
    }

    /** That the request comes to a filter, which lets it go on. */
    public RequestAssert passes(Class<? extends Filter> filter) {
        Decision decision = decisionOf(filter);
        if (decision != Decision.PASSES) {
            failed("to pass " + filter.getSimpleName(), "that " + decision);
        }
        return this;
    }

    /** That the gateway answers the request, without refusing it: a fixed answer, a redirect, a preflight. */
    public RequestAssert isAnsweredWith(int status) {
        Ending.Answered answered = answered("to be answered with " + status);
        if (answered.status() != status || answered.rule() != null) {
            failed("to be answered with " + status, "it is answered with " + answered);
        }
        return this;
    }

    /** That the gateway's own answer has exactly one header field of that name, with that value. */
    public RequestAssert hasAnswerHeader(String name, String value) {
        List<Field> fields = named(answered("to be answered by the gateway").fields(), name);
        if (fields.size() != 1 || !fields.get(0).value().equals(value)) {
            failed("to have the answer header " + name + " with the value given", "there is " + fields);
        }
        return this;
    }

    /** That the gateway redirects the request. */
    public RequestAssert redirectsTo(int status, String location) {
        return isAnsweredWith(status).hasAnswerHeader("Location", location);
    }

    /**
     * That so many of these requests, one after the other, are not limited, and the next is refused with 429. Counted apart from what
     * the gateway's filters may have counted, with time standing still.
     *
     * @param requests how many, 0 to 100000
     */
    public RequestAssert limitedAfter(int requests) {
        if (requests < 0 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException("requests: " + requests + " (expected: 0 to " + MOST_REQUESTS + ")");
        }
        Rehearsal counting = Rehearsal.series();
        series = counting;
        for (int i = 1; i <= requests; i++) {
            told = explainer.explain(described, counting);
            if (isLimited()) {
                failed("to be limited after " + requests + " requests", "request " + i + " is refused");
            }
        }
        told = explainer.explain(described, counting);
        if (!isLimited()) {
            failed("to be limited after " + requests + " requests", "the next is not");
        }
        return this;
    }

    /** That a request that is limited, see {@link #limitedAfter}, is not any more after some time. */
    public RequestAssert freeAgainAfter(Duration time) {
        Rehearsal counting = series;
        if (counting == null) {
            throw new IllegalStateException("freeAgainAfter: nothing counted (expected: limitedAfter before)");
        }
        clock.advance(time);
        told = explainer.explain(described, counting);
        if (isLimited()) {
            failed("to be free again after " + time, "it is refused still");
        }
        return this;
    }

    private boolean isLimited() {
        return explanation().status() == 429;
    }

    private Decision decisionOf(Class<? extends Filter> filter) {
        for (Step step : explanation().steps()) {
            if (step.filter().equals(filter.getSimpleName())) {
                return step.decision();
            }
        }
        failed("to come to " + filter.getSimpleName(), "there is none in its chain");
        return Decision.NOT_REACHED;
    }

    private Ending.Answered answered(String expected) {
        if (!(explanation().ending() instanceof Ending.Answered answered)) {
            failed(expected, "it goes to " + explanation().ending());
            throw new IllegalStateException("unreachable");
        }
        return answered;
    }

    private Ending.ToUpstream upstream(String expected) {
        if (!(explanation().ending() instanceof Ending.ToUpstream upstream)) {
            failed(expected, "it ends otherwise: " + explanation().ending());
            throw new IllegalStateException("unreachable");
        }
        return upstream;
    }

    private List<Field> destinationFields(String expected) {
        return explanation().ending() instanceof Ending.ToApplication application
                ? application.fields()
                : upstream(expected).fields();
    }

    private static List<Field> named(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
    }

    private void failed(String expected, String but) {
        failWithMessage(
                "%s",
                "Expected " + described + "\n  " + expected + "\nbut " + but + "\n\n"
                        + explanation().text());
    }
}
