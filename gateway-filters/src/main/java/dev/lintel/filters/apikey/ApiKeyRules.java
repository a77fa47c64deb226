package dev.lintel.filters.apikey;

import dev.lintel.Exchange;
import dev.lintel.filter.Verdict;
import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides by the options of one filter, and holds what follows from them. Immutable and thread-safe. */
final class ApiKeyRules {

    private static final Verdict AMBIGUOUS = Verdict.Refused.of(
            Rejection.client(400, "invalid-request", "The request must carry one API key in one place."));

    private final ApiKeyOptions options;
    private final HeaderSelector ownedHeaders;
    private final HeaderSelector keyHeaders;
    private final String memory;
    private final @Nullable Rejection keyMissing;
    private final Verdict keyInvalid;

    ApiKeyRules(ApiKeyOptions options) {
        this.options = options;
        this.ownedHeaders = HeaderSelector.of(options.consumerHeader());
        this.keyHeaders = HeaderSelector.of(options.header());
        this.memory = ApiKeyAuthFilter.class.getName() + "." + options.header().toLowerCase(Locale.ROOT);
        // the scheme is not registered; RFC 9110 section 15.5.2 asks for a challenge with every 401
        String challenge = "ApiKey realm=\"" + options.realm() + "\"";
        Rejection missing = Rejection.client(401, "key-missing", "An API key is required.")
                .withHeader("WWW-Authenticate", challenge);
        this.keyMissing = options.optional() ? null : missing;
        this.keyInvalid = Verdict.Refused.of(Rejection.client(401, "invalid-key", "The API key is not valid.")
                .withHeader("WWW-Authenticate", challenge));
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

    /** The answer to requests without a key; null if they pass. */
    @Nullable
    Rejection keyMissing() {
        return keyMissing;
    }

    /**
     * Decides, without any effect.
     *
     * @param inHeader what the key's header field has
     * @param inQuery what the query has
     */
    Verdict decide(PresentedKey inHeader, PresentedKey inQuery) {
        PresentedKey presented = inHeader.and(inQuery);
        if (presented instanceof PresentedKey.Missing) {
            return Verdict.ABSENT;
        }
        if (presented instanceof PresentedKey.Ambiguous) {
            return AMBIGUOUS;
        }
        Caller caller =
                presented instanceof PresentedKey.Given given ? options.keys().find(given.digest()) : null;
        return caller == null ? keyInvalid : new AcceptedKey(caller, inHeader, this);
    }

    /** Hides the key from whatever comes after. */
    void hideKey(Exchange exchange) {
        exchange.requestHeaders().remove(keyHeaders);
        exchange.requestHeaders().forget(options.header());
        if (options.queryParameter() != null) {
            exchange.hideQueryParameter(options.queryParameter());
        }
    }
}
