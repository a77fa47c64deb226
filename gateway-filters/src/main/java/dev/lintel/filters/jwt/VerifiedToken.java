package dev.lintel.filters.jwt;

import dev.lintel.HeaderField;
import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature and claims were found good, with everything that follows from them whatever the time. Immutable;
 * holds nothing of which the token could be made again.
 *
 * @param key the key that signed it
 * @param validity when it is valid
 * @param caller who presents it
 * @param roles the caller's roles as one header value; null if there are none
 * @param forwarded the fields made of other claims
 * @param refused why the caller may not pass all the same; null if it may
 * @param weight how much of the cache it takes: 1 for each begun KiB of token
 */
record VerifiedToken(
        VerificationKey key,
        ClaimRules.Validity validity,
        Caller caller,
        @Nullable String roles,
        List<HeaderField> forwarded,
        @Nullable Rejection refused,
        int weight) {

    /** Names nobody: what is printed is what gets logged. */
    @Override
    public String toString() {
        return "VerifiedToken[" + key + "]";
    }
}
