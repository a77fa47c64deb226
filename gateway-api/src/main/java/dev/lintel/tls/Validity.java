package dev.lintel.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells when certificates are not valid any more, or soon will not be. */
public final class Validity {

    /** How long before its end a certificate is warned about: 14 days. */
    public static final Duration NOTICE = Duration.ofDays(14);

    private Validity() {}

    /**
     * The first thing to worry about, as half a sentence such as {@code expired at 2030-01-01T00:00:00Z}.
     *
     * @return null if there is nothing
     */
    public static @Nullable String worry(List<X509Certificate> certificates, Instant now) {
        for (X509Certificate certificate : certificates) {
            Instant begin = certificate.getNotBefore().toInstant();
            Instant end = certificate.getNotAfter().toInstant();
            if (now.isAfter(end)) {
                return "expired at " + end;
            }
            if (now.isBefore(begin)) {
                return "not valid before " + begin;
            }
        }
        for (X509Certificate certificate : certificates) {
            Instant end = certificate.getNotAfter().toInstant();
            if (now.plus(NOTICE).isAfter(end)) {
                return "expires at " + end;
            }
        }
        return null;
    }
}
