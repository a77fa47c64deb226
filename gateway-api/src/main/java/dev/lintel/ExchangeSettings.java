package dev.lintel;

import static java.util.Objects.requireNonNull;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.TrustedProxies;
import java.util.HashSet;
import java.util.Set;

/**
 * What holds for every request, however the filters are mounted. Immutable and thread-safe.
 *
 * @param trustedProxies whose word about the client is believed
 * @param identityHeaders the fields in which services learn who is calling
 * @param rejectionWriter how a refusal is answered
 * @param time the clocks
 * @param credentialNames the names, of header fields and of query parameters, under which filters take credentials: what a URL
 *     has under one of them is not for logs
 */
public record ExchangeSettings(
        TrustedProxies trustedProxies,
        IdentityHeaders identityHeaders,
        RejectionWriter rejectionWriter,
        Time time,
        Set<String> credentialNames) {

    /** Nobody trusted, the usual identity headers, problem details, the machine's clocks. */
    public static final ExchangeSettings DEFAULT = new ExchangeSettings(
            TrustedProxies.none(), IdentityHeaders.DEFAULT, RejectionWriter.standard(), Time.system());

    /** Checks that no part is null and copies the names. */
    public ExchangeSettings {
        requireNonNull(trustedProxies, "trustedProxies");
        requireNonNull(identityHeaders, "identityHeaders");
        requireNonNull(rejectionWriter, "rejectionWriter");
        requireNonNull(time, "time");
        credentialNames = Set.copyOf(credentialNames);
    }

    /** Settings without names of credentials. */
    public ExchangeSettings(
            TrustedProxies trustedProxies,
            IdentityHeaders identityHeaders,
            RejectionWriter rejectionWriter,
            Time time) {
        this(trustedProxies, identityHeaders, rejectionWriter, time, Set.of());
    }

    /** The same, and the names of credentials that are known elsewhere too. */
    public ExchangeSettings alsoKnowing(Set<String> names) {
        if (credentialNames.containsAll(names)) {
            return this;
        }
        if (names.containsAll(credentialNames)) {
            return withCredentialNames(names);
        }
        Set<String> all = new HashSet<>(credentialNames);
        all.addAll(names);
        return withCredentialNames(all);
    }

    /** The same with other names of credentials. */
    public ExchangeSettings withCredentialNames(Set<String> names) {
        return new ExchangeSettings(trustedProxies, identityHeaders, rejectionWriter, time, names);
    }
}
