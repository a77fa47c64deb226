package dev.lintel.filters.jwt;

/**
 * Why a token is no good. Carries no part of the token and no stack trace: it is thrown for hostile input, where
 * filling in a trace would cost more than the checks themselves.
 */
final class TokenFault extends Exception {

    /** What was wrong, for logs and tests; the client is told the same sentence for all of them. */
    enum Reason {
        TOO_LONG,
        MALFORMED,
        ALGORITHM,
        HEADER,
        UNKNOWN_KEY,
        SIGNATURE,
        CLAIMS,
        ISSUER,
        AUDIENCE,
        EXPIRED,
        NOT_YET_VALID,
        SUBJECT
    }

    private final Reason reason;

    TokenFault(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
