package dev.lintel.filters.jwt;

/** Checks signatures of one algorithm with one key. Safe for use by many threads. */
@FunctionalInterface
interface SignatureCheck {

    /**
     * Whether {@code signature} is the key's signature of {@code signingInput}. Never throws for bad input.
     *
     * @param signature canonical base64url
     */
    boolean verifies(byte[] signingInput, String signature);
}
