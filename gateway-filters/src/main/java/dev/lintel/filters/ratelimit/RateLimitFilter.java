package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.GatewayState;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimitDecision;
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
 * what was charged is not given back if the destination fails. Too soon: 429 with {@code Retry-After}. Thread-safe.
 */
public final class RateLimitFilter extends LintelFilter implements NonWaiting {

    /** Which fields tell clients how they stand. */
    public enum Headers {
        /** {@code RateLimit} and {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers. */
        DRAFT,
        /** None; a refused request still gets {@code Retry-After}. */
        NONE
    }

    private @Nullable RateLimitOptions options;
    private @Nullable LimitRules rules;

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
        RateLimitOptions read = RateLimitFilterBuilder.read(reader);
        if (reader.problems().isEmpty()) {
            options = read;
        }
    }

    /** A limit that stood here in a gateway before, and has not changed, goes on where it was. */
    @Override
    protected void start(FilterConfig config) {
        if (options != null) {
            rules = new LimitRules(options, GatewayState.offeredBy(config));
        }
    }

    /** After authentication if a limit counts by what that finds out, else before. */
    @Override
    public Stage stage() {
        return options != null && options.needsCaller() ? Stage.CALLER_LIMIT : Stage.ADDRESS_LIMIT;
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (rules == null || options == null) {
            throw new ServletException("RateLimitFilter: not initialised (expected: init before the first request)");
        }
        LimitRules.Due due = rules.due(exchange, request);
        Rejection refused = due.refused();
        if (refused != null) {
            reject(exchange, request, response, refused);
            return;
        }
        conclude(rules, rules.charge(due, exchange), true, exchange, request, response, chain);
    }

    /** Looks at what has been counted, or counts for the rehearsal alone. */
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
        LimitRules live = rehearsal.isSeries() ? null : rules;
        LimitRules asked = live == null ? rehearsal.state(this, () -> LimitRules.unused(known)) : live;
        LimitRules.Due due = asked.due(exchange, request);
        Rejection refused = due.refused();
        if (refused != null) {
            reject(exchange, request, response, refused);
            return;
        }
        RateLimitDecision decision = rehearsal.isSeries() ? asked.charge(due, exchange) : asked.predict(due, exchange);
        for (LimitState state : decision.states()) {
            rehearsal.remark(state.limit().name() + ": " + state.remaining() + " of "
                    + state.limit().quota() + " left" + (rehearsal.isSeries() ? " after it" : ""));
        }
        if (decision.delayMillis() > 0) {
            rehearsal.remark("waits " + decision.delayMillis() + " ms before it goes on");
        }
        conclude(asked, decision, rehearsal.isSeries(), exchange, request, response, chain);
    }

    private void conclude(
            LimitRules by,
            RateLimitDecision decision,
            boolean counted,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        RateLimitOptions known = options;
        if (known != null
                && known.headers() == Headers.DRAFT
                && !decision.states().isEmpty()) {
            boolean stands = counted || !decision.isAllowed();
            append(exchange, response, RateLimitFields.POLICY, by.policy(decision.states()));
            append(
                    exchange,
                    response,
                    RateLimitFields.STATE,
                    stands ? RateLimitFields.state(decision.states()) : Rehearsal.COUNTED);
        }
        if (decision.isAllowed()) {
            chain.doFilter(request, response);
        } else {
            reject(exchange, request, response, LimitRules.tooMany(decision));
        }
    }

    /** Adds to what another filter of this class said before, in one line: many clients read only one. */
    private static void append(Exchange exchange, HttpServletResponse response, String name, String items) {
        String before = exchange.responseHeaders().value(name);
        setResponseHeader(exchange, response, name, before == null ? items : before + ", " + items);
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
