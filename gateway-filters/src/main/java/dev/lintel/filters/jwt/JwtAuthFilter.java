package dev.lintel.filters.jwt;

import dev.lintel.Exchange;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Verdict;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
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
public final class JwtAuthFilter extends AuthenticatingFilter implements NonWaiting, Measured {

    private @Nullable Setup setup;

    /** What the options come to; set before the first request. */
    private record Setup(JwtOptions options, TokenGate gate, TokenVerdicts verdicts, HeaderSelector owned) {
        static Setup of(JwtOptions options) {
            TokenGate gate = new TokenGate(options);
            return new Setup(options, gate, new TokenVerdicts(options, gate), options.ownedHeaders());
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
    public HeaderSelector ownedRequestHeaders() {
        Setup current = setup;
        return current == null ? HeaderSelector.none() : current.owned();
    }

    @Override
    public OptionCatalogue catalogue() {
        return JwtCatalogue.ALL;
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

    @Override
    public boolean isReady() {
        Setup current = setup;
        return current != null
                && (!current.options().keysBeforeReady() || current.gate().hadKeys());
    }

    /** How old the fetched keys are, and how often fetching them has failed; nothing for keys of one's own. */
    @Override
    public void measure(Measures measures) {
        Setup current = setup;
        if (current != null) {
            current.gate().measure(measures);
        }
    }

    @Override
    public Verdict decide(Exchange exchange, HttpServletRequest request) {
        return decide(initialised(), exchange, request, TokenGate::decide);
    }

    /** Null while it is not known whether keys can be had at all: before {@code init}, if an issuer publishes them. */
    @Override
    public @Nullable Verdict foresee(Exchange exchange, HttpServletRequest request) {
        Setup current = initialised();
        Verdict verdict = decide(current, exchange, request, TokenGate::foresee);
        return verdict instanceof Verdict.Undecided && !current.gate().hasSource() ? null : verdict;
    }

    /** What a gate makes of the token {@code line[from, end)}. */
    @FunctionalInterface
    private interface Deciding {
        TokenDecision decide(TokenGate gate, String line, int from, long now);
    }

    private static Verdict decide(Setup current, Exchange exchange, HttpServletRequest request, Deciding deciding) {
        BearerCredential credential = BearerCredential.of(request);
        String line = credential.line();
        if (line == null) {
            return credential.isMalformed() ? current.verdicts().malformed() : Verdict.ABSENT;
        }
        long now = exchange.settings().time().wall().millis();
        return current.verdicts().of(deciding.decide(current.gate(), line, credential.start(), now), credential);
    }

    @Override
    public @Nullable Rejection challenge() {
        JwtOptions options = initialised().options();
        return options.optional() ? null : options.refusals().tokenMissing();
    }

    @Override
    public String credentialField() {
        return "Authorization";
    }

    /** Logs why a token was refused. */
    @Override
    public void report(Verdict.Refused refused) {
        Setup current = initialised();
        if (refused.rejection().equals(current.options().refusals().invalidToken())) {
            current.gate().refused(refused.reason());
        }
    }

    private Setup initialised() {
        Setup current = setup;
        if (current == null) {
            throw new IllegalStateException("JwtAuthFilter: not initialised (expected: init before the first request)");
        }
        return current;
    }
}
