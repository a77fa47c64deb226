package dev.lintel.limit;

/**
 * Whom a limit counts for, as 128 bits that cannot be turned back: all that is stored of addresses, claims and names.
 * Immutable and thread-safe.
 *
 * @param high one half
 * @param low the other half
 */
public record KeyHash(long high, long low) {

    /** Shows nothing. */
    @Override
    public String toString() {
        return "key hash";
    }
}
