package dev.lintel.https;

import dev.lintel.request.IpAddress;
import dev.lintel.tls.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are for which host: the exact name, else a wildcard for its first label, else the first of all. Immutable and
 * thread-safe.
 */
final class HostTable {

    private final List<NamedIdentity> all;
    private final Map<String, List<NamedIdentity>> exact = new HashMap<>();
    /** By what is behind {@code *.}. */
    private final Map<String, List<NamedIdentity>> wildcards = new HashMap<>();

    private final Map<String, NamedIdentity> byAlias = new HashMap<>();
    private final boolean refusesOthers;

    /**
     * Makes a table.
     *
     * @param identities at least one; the first is for who asks for none of the names
     * @param refusesOthers whether nothing is
     */
    HostTable(List<Identity> identities, boolean refusesOthers) {
        this.refusesOthers = refusesOthers;
        List<NamedIdentity> named = new ArrayList<>();
        for (int i = 0; i < identities.size(); i++) {
            NamedIdentity identity = NamedIdentity.of("certificate-" + i, identities.get(i));
            named.add(identity);
            byAlias.put(identity.alias(), identity);
            for (String name : identity.names()) {
                Map<String, List<NamedIdentity>> kind = name.startsWith("*.") ? wildcards : exact;
                String key = name.startsWith("*.") ? name.substring(2) : name;
                kind.computeIfAbsent(key, unknown -> new ArrayList<>()).add(identity);
            }
        }
        this.all = List.copyOf(named);
    }

    /** Whether a certificate is for that name. */
    boolean isKnown(String host) {
        return !named(host).isEmpty();
    }

    /** Whether a client that asks for that host gets a certificate that is for it: an address is never asked for by name. */
    boolean isFor(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        if (address != null) {
            return !refusesOthers && all.get(0).addresses().contains(address);
        }
        return isKnown(host);
    }

    /**
     * What serves a handshake.
     *
     * @param host the name that the client asks for; null if it names none
     * @param keyType what its key must be
     * @return null if there is nothing
     */
    @Nullable
    NamedIdentity find(@Nullable String host, String keyType) {
        List<NamedIdentity> candidates = host == null ? List.of() : named(host);
        if (candidates.isEmpty() && !refusesOthers) {
            candidates = sameNamesAsFirst();
        }
        for (NamedIdentity candidate : candidates) {
            if (candidate.isOfType(keyType)) {
                return candidate;
            }
        }
        return null;
    }

    @Nullable
    NamedIdentity byAlias(String alias) {
        return byAlias.get(alias);
    }

    private List<NamedIdentity> named(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        List<NamedIdentity> found = exact.get(name);
        if (found != null) {
            return found;
        }
        int dot = name.indexOf('.');
        List<NamedIdentity> wild = dot <= 0 ? null : wildcards.get(name.substring(dot + 1));
        return wild == null ? List.of() : wild;
    }

    /** The first, and those with keys of another type for the same names. */
    private List<NamedIdentity> sameNamesAsFirst() {
        NamedIdentity first = all.get(0);
        return all.stream()
                .filter(identity -> identity.names().equals(first.names()))
                .toList();
    }
}
