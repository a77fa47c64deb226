package dev.lintel.filters.jwt;

import static java.util.Objects.requireNonNull;

import dev.lintel.filter.Verdict;
import dev.lintel.filters.jwt.TokenFault.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What follows from a decision on a token; made once as far as it does not depend on the token. Immutable. */
final class TokenVerdicts {

    private static final Duration MAX_WAIT = KeySource.MAX_WAIT;

    private final JwtOptions options;
    private final Verdict malformed;
    private final Verdict noKeys;
    private final TokenGate gate;
    private final Map<Reason, Verdict.Refused> invalid = new EnumMap<>(Reason.class);

    /**
     * @param seen the keys that do not do; null if there are none
     */
    private record KeysAwaited(TokenGate gate, @Nullable KeySet seen, Verdict.Refused otherwise)
            implements Verdict.Undecided {
        @Override
        public @Nullable CompletableFuture<?> renewal() {
            return gate.renewal(seen);
        }

        @Override
        public Duration atMost() {
            return MAX_WAIT;
        }
    }

    TokenVerdicts(JwtOptions options, TokenGate gate) {
        this.options = options;
        this.gate = gate;
        this.malformed = Verdict.Refused.of(options.refusals().malformedRequest());
        this.noKeys = new KeysAwaited(gate, null, Verdict.Refused.of(Refusals.keysUnavailable()));
        for (Reason reason : Reason.values()) {
            invalid.put(reason, new Verdict.Refused(options.refusals().invalidToken(), reason.name(), null));
        }
    }

    /** More than one credential is presented, or none that can be told apart. */
    Verdict malformed() {
        return malformed;
    }

    Verdict of(TokenDecision decision, BearerCredential credential) {
        if (decision instanceof TokenDecision.Verified verified) {
            VerifiedToken token = verified.token();
            return token.refused() == null
                    ? new AdmittedToken(token, credential, options)
                    : new Verdict.Refused(token.refused(), token.refused().rule(), token.caller());
        }
        if (decision instanceof TokenDecision.Invalid wrong) {
            return refused(wrong.reason());
        }
        return decision instanceof TokenDecision.UnknownKey unknown
                ? new KeysAwaited(gate, unknown.seen(), refused(unknown.reason()))
                : noKeys;
    }

    private Verdict.Refused refused(Reason reason) {
        return requireNonNull(invalid.get(reason));
    }
}
