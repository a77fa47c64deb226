package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.GatewayState;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.reject.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a key do something only so often. Several limits hold together: a request is charged to all of them or to none, and
 * what was charged is not given back if the destination fails. Too soon: 429 with {@code Retry-After}. A request that has to wait,
 * for its turn in a leaky bucket, for a permit or for a store, is set aside without a thread where that is possible. Thread-safe.
 */
public final class RateLimitFilter extends LintelFilter implements NonWaiting, Measured {

    /** Which fields tell clients how they stand. */
    public enum Headers {
        /** {@code RateLimit} and {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers. */
        DRAFT,
        /** {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}, seconds from now. */
        X_RATELIMIT,
        /** {@code RateLimit-Limit}, {@code -Remaining} and {@code -Reset} of the draft's third version, seconds from now. */
        IETF_03,
        /** As Kong writes them: {@code X-RateLimit-Limit-Minute} and so on, and those of {@link #IETF_03}. */
        KONG,
        /** None; a refused request still gets {@code Retry-After}. */
        NONE
    }

    /** What becomes of requests about which a store does not decide in time. */
    public enum StoreError {
        /** They are counted here, by this gateway's share of the limits: the default. */
        LOCAL,
        /** They pass uncounted: whoever can keep the store from answering has no limit. */
        ALLOW,
        /** They are refused with 503. */
        DENY
    }

    private @Nullable RateLimitOptions options;
    private final PolicyText policy = new PolicyText();
    private @Nullable RunningLimits running;

    /** For {@code web.xml}: the options come from init-params. */
    public RateLimitFilter() {
        super(false);
    }

    RateLimitFilter(RateLimitOptions options) {
        super(true);
        this.options = options;
    }

    /** Starts the description of a filter. */
    public static RateLimitFilterBuilder builder() {
        return new RateLimitFilterBuilder(new Problems());
    }

    @Override
    public OptionCatalogue catalogue() {
        return RateLimitCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader reader) {
        RateLimitOptions read = LimitReader.read(reader);
        if (reader.problems().isEmpty()) {
            options = read;
        }
    }

    /** A limit that stood here in a gateway before, and has not changed, goes on where it was. */
    @Override
    protected void start(FilterConfig config) {
        if (options != null) {
            running = RunningLimits.start(this, options, config.getFilterName(), GatewayState.offeredBy(config));
        }
    }

    @Override
    protected void stop() {
        RateLimitStore store = running == null ? null : running.toClose();
        if (store != null) {
            store.close();
        }
    }

    /** After authentication if a limit counts by what that finds out, else before. */
    @Override
    public Stage stage() {
        return options != null && options.needsCaller() ? Stage.CALLER_LIMIT : Stage.ADDRESS_LIMIT;
    }

    /** Whether it has been initialised. */
    boolean isRunning() {
        return running != null;
    }

    /**
     * What the filter counts, to look at and to reset.
     *
     * @throws IllegalStateException before {@code init}
     */
    public LimitView view() {
        if (running == null) {
            throw new IllegalStateException("RateLimitFilter: not initialised (expected: init before it is looked at)");
        }
        return running.view();
    }

    @Override
    public void measure(Measures measures) {
        if (running != null) {
            running.view().measure(measures);
        }
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (running == null || options == null) {
            throw new ServletException("RateLimitFilter: not initialised (expected: init before the first request)");
        }
        Passage passage = running.gate().resumed(request);
        RateLimitDecision decision;
        if (passage == null) {
            Due due = running.rules().due(exchange, request);
            Rejection refused = due.refused();
            if (refused != null) {
                reject(exchange, request, response, refused);
                return;
            }
            decision = running.gate().decide(due, exchange, request, response);
        } else {
            decision = running.gate().decide(passage, exchange, request, response);
        }
        if (decision == null) {
            // set aside, to be called again
            return;
        }
        running.tally().note(decision);
        conclude(options, decision, true, exchange, request, response, chain);
    }

    /** Looks at what has been counted, or counts for the rehearsal alone; says that somebody waits and does not. */
    @Override
    protected void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        RateLimitOptions known = options;
        if (known == null) {
            throw new ServletException("RateLimitFilter: not initialised (expected: init before the first request)");
        }
        LimitRehearsal asked = LimitRehearsal.of(this, known, running, rehearsal);
        Due due = asked.due(exchange, request);
        Rejection refused = due.refused();
        if (refused != null) {
            reject(exchange, request, response, refused);
            return;
        }
        RateLimitDecision decision = asked.decide(due, exchange.settings().time());
        conclude(known, decision, rehearsal.isSeries(), exchange, request, response, chain);
    }

    private void conclude(
            RateLimitOptions known,
            RateLimitDecision decision,
            boolean counted,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        boolean stands = counted || !decision.isAllowed();
        if (known.headers() != Headers.NONE) {
            AnswerFields.write(known.headers(), decision, policy, (name, value) -> {
                boolean foretold = stands || name.equals(AnswerFields.POLICY);
                append(exchange, response, name, foretold ? value : Rehearsal.COUNTED);
            });
        }
        if (decision.isAllowed()) {
            chain.doFilter(request, response);
        } else {
            reject(exchange, request, response, Refusals.of(decision, known.status()));
        }
    }

    /** Adds to what another filter of this class said before, in one line: many clients read only one. */
    private void append(Exchange exchange, HttpServletResponse response, String name, String items) {
        String before = exchange.responseHeaders().value(name);
        String all = items;
        if (before != null && name.equals(AnswerFields.POLICY)) {
            all = policy.join(before, items);
        } else if (before != null && name.equals(AnswerFields.STATE)) {
            all = before + ", " + items;
        }
        setResponseHeader(exchange, response, name, all);
    }

    /** Names the limits. */
    @Override
    public String toString() {
        return "RateLimitFilter"
                + (options == null
                        ? "[]"
                        : options.limits().stream()
                                .map(limit -> limit.limit().name() + " by " + limit.key())
                                .toList());
    }
}
