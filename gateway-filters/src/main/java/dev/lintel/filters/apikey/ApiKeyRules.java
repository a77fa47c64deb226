package dev.lintel.filters.apikey;

import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides by the options of one filter, and holds what follows from them. Immutable and thread-safe. */
final class ApiKeyRules {

    private static final Rejection AMBIGUOUS =
            Rejection.client(400, "invalid-request", "The request must carry one API key in one place.");

    private static final Rejection OTHER_SUBJECT =
            Rejection.client(403, "different-subjects", "The credentials name different callers.");

    private final ApiKeyOptions options;
    private final HeaderSelector ownedHeaders;
    private final HeaderSelector keyHeaders;
    private final String memory;
    private final ApiKeyDecision keyMissing;
    private final ApiKeyDecision keyInvalid;

    ApiKeyRules(ApiKeyOptions options) {
        this.options = options;
        this.ownedHeaders = HeaderSelector.of(options.consumerHeader());
        this.keyHeaders = HeaderSelector.of(options.header());
        this.memory = ApiKeyAuthFilter.class.getName() + "." + options.header().toLowerCase(Locale.ROOT);
        // the scheme is not registered; RFC 9110 section 15.5.2 asks for a challenge with every 401
        String challenge = "ApiKey realm=\"" + options.realm() + "\"";
        this.keyMissing = options.optional()
                ? new ApiKeyDecision.Anonymous()
                : refused(401, "key-missing", "An API key is required.", challenge);
        this.keyInvalid = refused(401, "invalid-key", "The API key is not valid.", challenge);
    }

    ApiKeyOptions options() {
        return options;
    }

    /** The request header fields that the filter writes. */
    HeaderSelector ownedHeaders() {
        return ownedHeaders;
    }

    /** The key's own header field in every spelling. */
    HeaderSelector keyHeaders() {
        return keyHeaders;
    }

    /** The request attribute in which filters of this class remember what the key's header field had. */
    String memory() {
        return memory;
    }

    /**
     * Decides, without any effect.
     *
     * @param presented what the request shows
     * @param before who is calling as other filters have verified, or null
     */
    ApiKeyDecision decide(PresentedKey presented, @Nullable Caller before) {
        if (presented instanceof PresentedKey.Missing) {
            return keyMissing;
        }
        if (presented instanceof PresentedKey.Ambiguous) {
            return new ApiKeyDecision.Refused(AMBIGUOUS);
        }
        Caller caller =
                presented instanceof PresentedKey.Given given ? options.keys().find(given.digest()) : null;
        if (caller == null) {
            return keyInvalid;
        }
        if (before == null) {
            return new ApiKeyDecision.Accepted(caller);
        }
        return before.subject().equals(caller.subject())
                ? new ApiKeyDecision.Accepted(withConsumer(before, caller))
                : new ApiKeyDecision.Refused(OTHER_SUBJECT);
    }

    /** The same caller by two credentials: what the first one proved, and whose key the second is. */
    private static Caller withConsumer(Caller before, Caller byKey) {
        return before.consumer() != null
                ? before
                : new Caller(
                        before.kind(),
                        before.subject(),
                        byKey.consumer(),
                        before.roles(),
                        before.scopes(),
                        before.claims(),
                        before.credentialHash());
    }

    private static ApiKeyDecision refused(int status, String rule, String detail, String challenge) {
        return new ApiKeyDecision.Refused(
                Rejection.client(status, rule, detail).withHeader("WWW-Authenticate", challenge));
    }
}
