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
    private final Map<Reason, Verdict> invalid = new EnumMap<>(Reason.class);
    private final Map<Reason, Verdict> unknownKey = new EnumMap<>(Reason.class);

    /**
     * @param first whether any keys will do
     */
    private record KeysAwaited(TokenGate gate, boolean first, Verdict.Refused otherwise) implements Verdict.Undecided {
        @Override
        public @Nullable CompletableFuture<?> renewal() {
            return first ? gate.firstKeys() : gate.renewal();
        }

        @Override
        public Duration atMost() {
            return MAX_WAIT;
        }
    }

    TokenVerdicts(JwtOptions options, TokenGate gate) {
        this.options = options;
        this.malformed = Verdict.Refused.of(options.refusals().malformedRequest());
        this.noKeys = new KeysAwaited(gate, true, Verdict.Refused.of(Refusals.keysUnavailable()));
        for (Reason reason : Reason.values()) {
            Verdict.Refused refused = new Verdict.Refused(options.refusals().invalidToken(), reason.name(), null);
            invalid.put(reason, refused);
            unknownKey.put(reason, new KeysAwaited(gate, false, refused));
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
            return requireNonNull(invalid.get(wrong.reason()));
        }
        return decision instanceof TokenDecision.UnknownKey unknown
                ? requireNonNull(unknownKey.get(unknown.reason()))
                : noKeys;
    }
}
