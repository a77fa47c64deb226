package dev.lintel.filter;

import dev.lintel.Awaited;
import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.Stage;
import dev.lintel.identity.Caller;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.reject.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The base of filters that find out who is calling. A subclass decides what a request's credential is worth; waiting,
 * refusing, hiding foreign identity and comparing with a caller verified before are done here, the same for all of them.
 * Thread-safe once initialised, as subclasses are.
 */
public abstract class AuthenticatingFilter extends LintelFilter {

    /** The refusal of two credentials, both good, of two callers. */
    protected static final Verdict.Refused DIFFERENT_SUBJECTS =
            Verdict.Refused.of(Rejection.client(403, "different-subjects", "The credentials name different callers."));

    /**
     * For subclasses.
     *
     * @param builtInCode whether the options came from code
     */
    protected AuthenticatingFilter(boolean builtInCode) {
        super(builtInCode);
    }

    /**
     * What the request's credential is worth now, by the exchange's time. Has no effect that a client or a service could
     * notice and never waits. Called again for the same request when something has come of {@link Verdict.Undecided}.
     *
     * @throws IllegalStateException before {@code init}
     */
    public abstract Verdict decide(Exchange exchange, HttpServletRequest request);

    /**
     * The same for a request that is only described: without any effect at all, so that nothing is logged, fetched or kept in a cache.
     * Null, unless overridden: what would be decided cannot be told without an effect. May be called before {@code init}.
     */
    public @Nullable Verdict foresee(Exchange exchange, HttpServletRequest request) {
        return null;
    }

    /** The answer to requests without a credential; null if they pass, as nobody's. */
    public abstract @Nullable Rejection challenge();

    /** The request header field in which the credential is looked for. */
    public abstract String credentialField();

    /**
     * Called in place of {@link Verdict.Accepted#apply} when this filter's credential is absent or not accepted, whether
     * the request goes on or not: hides what shall not be seen of it. Changes nothing but the exchange.
     *
     * @param verdict what is made of the request; of several filters ({@code anyOf}) perhaps another's
     */
    public void withhold(Exchange exchange, Verdict verdict) {}

    /**
     * Called when a request that is served is refused: may log why.
     *
     * @param refused why; of several filters ({@code anyOf}) perhaps another's
     */
    public void report(Verdict.Refused refused) {}

    @Override
    public final Stage stage() {
        return Stage.AUTHENTICATION;
    }

    /** The path forwarded to may ask for more than the path before. */
    @Override
    protected final boolean actsAgainOnForward() {
        return true;
    }

    @Override
    protected final void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Verdict verdict = decide(exchange, request);
        if (verdict instanceof Verdict.Undecided undecided) {
            verdict = renewed(undecided, exchange, request);
            if (verdict == null) {
                return;
            }
        }
        verdict = settled(verdict, exchange);
        if (verdict instanceof Verdict.Refused refused) {
            report(refused);
        }
        conclude(verdict, exchange, request, response, chain);
    }

    @Override
    protected final void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Verdict verdict = foresee(exchange, request);
        if (verdict == null) {
            rehearsal.notPredictable("what it makes of a credential cannot be told without asking somebody else");
            return;
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            rehearsal.remark("waits at most " + undecided.atMost().toMillis()
                    + " ms for something that may change this, such as newer keys");
            verdict = undecided.otherwise();
        }
        verdict = settled(verdict, exchange);
        if (verdict instanceof Verdict.Refused refused
                && !refused.reason().equals(refused.rejection().rule())) {
            rehearsal.remark("because of " + refused.reason());
        }
        conclude(verdict, exchange, request, response, chain);
    }

    /** The same verdict, unless the caller is another one than was verified before. */
    private static Verdict settled(Verdict verdict, Exchange exchange) {
        Caller caller = verdict instanceof Verdict.Accepted accepted
                ? accepted.caller()
                : verdict instanceof Verdict.Refused refused ? refused.caller() : null;
        Caller before = exchange.caller();
        return caller != null && before != null && !before.subject().equals(caller.subject())
                ? DIFFERENT_SUBJECTS
                : verdict;
    }

    /** Applies a verdict that stands. */
    private void conclude(
            Verdict verdict,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Rejection refusal = null;
        if (verdict instanceof Verdict.Accepted accepted) {
            admit(accepted, exchange, request);
        } else if (verdict instanceof Verdict.Refused refused) {
            refusal = refuse(refused, exchange);
        } else {
            withhold(exchange, verdict);
            refusal = challenge();
            if (refusal == null) {
                hideForeignIdentity(exchange);
            }
        }
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            reject(exchange, request, response, refusal);
        }
    }

    /** The verdict after waiting for what can change it; null if the request was set aside to wait. */
    private @Nullable Verdict renewed(Verdict.Undecided undecided, Exchange exchange, HttpServletRequest request) {
        // asked once, and not again by a request that comes back from its wait
        if (exchange.await(this, () -> begun(undecided), undecided.atMost()) instanceof Awaited.Suspended) {
            return null;
        }
        Verdict verdict = decide(exchange, request);
        return verdict instanceof Verdict.Undecided still ? still.otherwise() : verdict;
    }

    /** Nothing to wait for is decided again, too: it may have come after the decision and before the question. */
    private static CompletableFuture<?> begun(Verdict.Undecided undecided) {
        CompletableFuture<?> renewal = undecided.renewal();
        return renewal == null ? CompletableFuture.completedFuture(true) : renewal;
    }

    private static void admit(Verdict.Accepted accepted, Exchange exchange, HttpServletRequest request) {
        Caller before = exchange.caller();
        hideForeignIdentity(exchange);
        exchange.caller(before == null ? accepted.caller() : before.and(accepted.caller()));
        accepted.apply(exchange, request);
    }

    private Rejection refuse(Verdict.Refused refused, Exchange exchange) {
        if (refused.caller() != null && exchange.caller() == null) {
            exchange.caller(refused.caller());
        }
        withhold(exchange, refused);
        return refused.rejection();
    }

    /** Whoever authenticates vouches for the identity that goes on. In a gateway it is hidden already. */
    private static void hideForeignIdentity(Exchange exchange) {
        IdentityHeaders identity = exchange.settings().identityHeaders();
        HeaderChanges headers = exchange.requestHeaders();
        if (!headers.hides(identity.userId()) || !headers.hides(identity.userRole())) {
            headers.remove(identity.selector());
        }
    }
}
