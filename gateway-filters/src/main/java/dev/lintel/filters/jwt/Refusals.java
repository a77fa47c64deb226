package dev.lintel.filters.jwt;

import dev.lintel.reject.Rejection;
import java.util.List;

/**
 * The answers of one filter, made once (RFC 6750 section 3). Every bad token gets the same: which check it failed would
 * tell an attacker how far it came.
 */
final class Refusals {

    /** Seconds; about when keys that are missing will have been asked for again. */
    static final int RETRY_AFTER = 10;

    private static final String CHALLENGE = "WWW-Authenticate";

    private static final Rejection UNSAFE_CLAIM =
            Rejection.client(403, "unsafe-claim", "A claim of the bearer token cannot be passed on.");

    private static final Rejection KEYS_UNAVAILABLE = Rejection.gateway(
                    503, "keys-unavailable", "Tokens cannot be verified at the moment.")
            .withHeader("Retry-After", Integer.toString(RETRY_AFTER));

    private final Rejection tokenMissing;
    private final Rejection malformedRequest;
    private final Rejection invalidToken;
    private final Rejection insufficientScope;
    private final Rejection insufficientRole;

    /**
     * @param realm printable ASCII without quotes and backslashes
     * @param requiredScopes names for the challenge, without spaces, quotes and backslashes
     */
    Refusals(String realm, List<String> requiredScopes) {
        String bearer = "Bearer realm=\"" + realm + "\"";
        // No error code: the client may simply not have known that a token is needed (RFC 6750 section 3.1).
        tokenMissing = Rejection.client(401, "token-missing", "A bearer token is required.")
                .withHeader(CHALLENGE, bearer);
        malformedRequest = Rejection.client(
                        400, "invalid-request", "The request must carry one bearer token in one Authorization field.")
                .withHeader(
                        CHALLENGE,
                        bearer + ", error=\"invalid_request\", error_description=\"One bearer token expected\"");
        invalidToken = Rejection.client(401, "invalid-token", "The bearer token is not valid.")
                .withHeader(
                        CHALLENGE, bearer + ", error=\"invalid_token\", error_description=\"The token is not valid\"");
        String insufficient = bearer + ", error=\"insufficient_scope\"";
        insufficientScope = Rejection.client(403, "insufficient-scope", "The bearer token lacks a required scope.")
                .withHeader(CHALLENGE, insufficient + ", scope=\"" + String.join(" ", requiredScopes) + "\"");
        insufficientRole = Rejection.client(403, "insufficient-role", "The caller lacks a required role.")
                .withHeader(CHALLENGE, insufficient);
    }

    /** Nothing was presented. */
    Rejection tokenMissing() {
        return tokenMissing;
    }

    /** More than one credential was presented, or none that could be told apart. */
    Rejection malformedRequest() {
        return malformedRequest;
    }

    /** The token is no good, for whatever reason. */
    Rejection invalidToken() {
        return invalidToken;
    }

    /** The token is good and a scope is missing. */
    Rejection insufficientScope() {
        return insufficientScope;
    }

    /** The token is good and a role is missing. */
    Rejection insufficientRole() {
        return insufficientRole;
    }

    /** The token is good and a claim of it cannot be passed on without changing its meaning. */
    static Rejection unsafeClaim() {
        return UNSAFE_CLAIM;
    }

    /** No key is there to verify anything with. */
    static Rejection keysUnavailable() {
        return KEYS_UNAVAILABLE;
    }
}
