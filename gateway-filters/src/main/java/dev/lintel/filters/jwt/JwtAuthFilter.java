package dev.lintel.filters.jwt;

import dev.lintel.Awaited;
import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.identity.Caller;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that carry a valid JSON Web Token as bearer token (RFC 6750, RFC 7519, RFC 8725), and tells the
 * upstream whose they are: {@code X-User-ID} and {@code X-User-Role}, written in place of whatever came from outside. The
 * token itself goes no further unless an option says so.
 *
 * <p>Answers 401 without a valid token, 403 if the caller may not pass, 400 if more than one credential is presented, 503
 * while there are no keys to verify with. Waits only for keys that are being fetched, at most a second: through the
 * exchange, so without a thread where that is possible. Thread-safe.
 */
public final class JwtAuthFilter extends LintelFilter {

    private static final HeaderSelector AUTHORIZATION = HeaderSelector.of("Authorization");
    private static final Duration MAX_WAIT = Duration.ofMillis(KeySource.MAX_WAIT_MILLIS);

    private @Nullable Setup setup;

    /** What the options come to; set before the first request. */
    private record Setup(JwtOptions options, TokenGate gate, HeaderSelector owned) {
        static Setup of(JwtOptions options) {
            return new Setup(options, new TokenGate(options), options.ownedHeaders());
        }
    }

    /** For {@code web.xml}: reads its options from init-params. */
    public JwtAuthFilter() {
        super(false);
    }

    JwtAuthFilter(JwtOptions options) {
        super(true);
        this.setup = Setup.of(options);
    }

    /** Begins a filter in code. */
    public static JwtAuthFilterBuilder builder() {
        return new JwtAuthFilterBuilder();
    }

    @Override
    public Stage stage() {
        return Stage.AUTHENTICATION;
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        Setup current = setup;
        return current == null ? HeaderSelector.none() : current.owned();
    }

    @Override
    protected void configure(OptionReader options) {
        JwtOptions checked = OptionChecks.check(OptionTexts.read(options), options.problems());
        if (checked != null) {
            setup = Setup.of(checked);
        }
    }

    @Override
    protected void start(FilterConfig config) {
        if (setup != null) {
            setup.gate().start();
        }
    }

    @Override
    protected void stop() {
        if (setup != null) {
            setup.gate().stop();
        }
    }

    /** The path forwarded to may ask for more than the path before. */
    @Override
    protected boolean actsAgainOnForward() {
        return true;
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Setup current = setup;
        if (current == null) {
            throw new ServletException("JwtAuthFilter: not initialised (expected: init before the first request)");
        }
        BearerCredential credential = BearerCredential.of(request);
        String token = credential.token();
        if (token == null) {
            withoutToken(credential, current, exchange, request, response, chain);
            return;
        }
        TokenDecision decision = decide(token, current.gate(), exchange);
        if (decision == null) {
            return;
        }
        Rejection refusal = refusal(decision, current, exchange);
        if (refusal != null) {
            reject(exchange, request, response, refusal);
            return;
        }
        if (decision instanceof TokenDecision.Verified verified) {
            admit(verified.token(), credential, current.options(), exchange, request);
            chain.doFilter(request, response);
        }
    }

    private static void withoutToken(
            BearerCredential credential,
            Setup current,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Refusals refusals = current.options().refusals();
        if (credential.isMalformed()) {
            reject(exchange, request, response, refusals.malformedRequest());
        } else if (current.options().optional()) {
            hideForeignIdentity(exchange);
            chain.doFilter(request, response);
        } else {
            reject(exchange, request, response, refusals.tokenMissing());
        }
    }

    /** The decision, after waiting for keys if that can change it; null if the request was set aside to wait. */
    private @Nullable TokenDecision decide(String token, TokenGate gate, Exchange exchange) {
        TokenDecision decision = gate.decide(token, now(exchange));
        if (decision instanceof TokenDecision.UnknownKey || decision instanceof TokenDecision.NoKeys) {
            CompletableFuture<Boolean> renewal = gate.renewal();
            if (renewal == null) {
                return decision;
            }
            if (exchange.await(this, () -> renewal, MAX_WAIT) instanceof Awaited.Suspended) {
                return null;
            }
            return gate.decide(token, now(exchange));
        }
        return decision;
    }

    private static long now(Exchange exchange) {
        return exchange.settings().time().wall().millis();
    }

    private static @Nullable Rejection refusal(TokenDecision decision, Setup current, Exchange exchange) {
        if (decision instanceof TokenDecision.Verified verified) {
            return refusal(verified.token(), exchange);
        }
        if (decision instanceof TokenDecision.NoKeys) {
            return Refusals.keysUnavailable();
        }
        if (decision instanceof TokenDecision.Invalid invalid) {
            current.gate().refused(invalid.reason());
        } else if (decision instanceof TokenDecision.UnknownKey unknown) {
            current.gate().refused(unknown.reason());
        }
        return current.options().refusals().invalidToken();
    }

    private static @Nullable Rejection refusal(VerifiedToken token, Exchange exchange) {
        Caller before = exchange.caller();
        if (before == null) {
            exchange.caller(token.caller());
        } else if (!before.subject().equals(token.caller().subject())) {
            return Refusals.otherSubject();
        }
        return token.refused();
    }

    private static void admit(
            VerifiedToken token,
            BearerCredential credential,
            JwtOptions options,
            Exchange exchange,
            HttpServletRequest request) {
        hideForeignIdentity(exchange);
        IdentityHeaders identity = exchange.settings().identityHeaders();
        HeaderChanges headers = exchange.requestHeaders();
        String userId = options.userIdHeader();
        headers.set(userId == null ? identity.userId() : userId, token.caller().subject());
        if (token.roles() != null) {
            String userRole = options.userRoleHeader();
            headers.set(userRole == null ? identity.userRole() : userRole, token.roles());
        }
        for (HeaderField field : token.forwarded()) {
            headers.set(field.name(), field.value());
        }
        credential.remember(request);
        // In every spelling of the field: only what was verified may go on.
        headers.remove(AUTHORIZATION);
        if (options.forwardToken() && credential.line() != null) {
            headers.set("Authorization", credential.line());
        }
    }

    /** Inside a gateway they are gone already; alone this filter has to see to it. */
    private static void hideForeignIdentity(Exchange exchange) {
        IdentityHeaders identity = exchange.settings().identityHeaders();
        HeaderChanges headers = exchange.requestHeaders();
        if (!headers.hides(identity.userId()) || !headers.hides(identity.userRole())) {
            headers.remove(identity.selector());
        }
    }
}
