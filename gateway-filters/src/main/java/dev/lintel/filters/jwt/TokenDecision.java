package dev.lintel.filters.jwt;

/** What a token is worth at one moment with one set of keys. */
sealed interface TokenDecision {

    /** There is no usable key, so nothing can be said of any token. */
    TokenDecision NO_KEYS = new NoKeys();

    /** The token is longer than is looked at. */
    TokenDecision TOO_LONG = new Invalid(TokenFault.Reason.TOO_LONG);

    /** Signature, claims and time are good; whether the caller may pass is said by {@link VerifiedToken#refused}. */
    record Verified(VerifiedToken token) implements TokenDecision {}

    /** The token is no good, and no newer key could change that. */
    record Invalid(TokenFault.Reason reason) implements TokenDecision {}

    /**
     * The token names a key that is not among ours; a newer set might hold it. Until then it is as bad as any.
     *
     * @param seen the keys that do not hold it
     */
    record UnknownKey(TokenFault.Reason reason, KeySet seen) implements TokenDecision {}

    /** See {@link #NO_KEYS}. */
    record NoKeys() implements TokenDecision {}
}
