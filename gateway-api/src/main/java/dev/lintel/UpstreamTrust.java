package dev.lintel;

import dev.lintel.tls.Validity;
import dev.lintel.upstream.Upstream;
import dev.lintel.upstream.UpstreamTls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Warns of upstreams that may be anybody, and of certificates for them that end. */
final class UpstreamTrust {

    private UpstreamTrust() {}

    static List<String> warnings(Collection<Upstream> upstreams) {
        List<String> warnings = new ArrayList<>();
        Instant now = Instant.now();
        upstreams.stream().sorted(Comparator.comparing(Upstream::name)).forEach(upstream -> {
            UpstreamTls tls = upstream.tls();
            String where = "upstream " + upstream.name() + ": ";
            if (!tls.verified()) {
                warnings.add(
                        where + "insecureSkipVerify; whoever is on the way can read and change everything (expected:"
                                + " authorities)");
            }
            String authorities = tls.authorities() == null
                    ? null
                    : Validity.worry(tls.authorities().certificates(), now);
            if (authorities != null) {
                warnings.add(where + "a certificate of tls.authorities " + authorities);
            }
            String own = tls.identity() == null
                    ? null
                    : Validity.worry(tls.identity().chain(), now);
            if (own != null) {
                warnings.add(where + "a certificate of tls.client " + own);
            }
        });
        return warnings;
    }
}
