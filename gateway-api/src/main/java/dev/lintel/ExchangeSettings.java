package dev.lintel;

import static java.util.Objects.requireNonNull;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.TrustedProxies;

/**
 * What holds for every request, however the filters are mounted. Immutable and thread-safe.
 *
 * @param trustedProxies whose word about the client is believed
 * @param identityHeaders the fields in which services learn who is calling
 * @param rejectionWriter how a refusal is answered
 * @param time the clocks
 */
public record ExchangeSettings(
        TrustedProxies trustedProxies, IdentityHeaders identityHeaders, RejectionWriter rejectionWriter, Time time) {

    /** Nobody trusted, the usual identity headers, problem details, the machine's clocks. */
    public static final ExchangeSettings DEFAULT = new ExchangeSettings(
            TrustedProxies.none(), IdentityHeaders.DEFAULT, RejectionWriter.problemJson(), Time.system());

    /** Checks that no part is null. */
    public ExchangeSettings {
        requireNonNull(trustedProxies, "trustedProxies");
        requireNonNull(identityHeaders, "identityHeaders");
        requireNonNull(rejectionWriter, "rejectionWriter");
        requireNonNull(time, "time");
    }
}
