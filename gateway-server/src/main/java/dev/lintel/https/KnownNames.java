package dev.lintel.https;

import java.util.function.Predicate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/** Refuses handshakes for other names ({@code unrecognized_name}, RFC 6066 section 3). Thread-safe. */
final class KnownNames extends SNIMatcher {

    private final Predicate<String> known;

    KnownNames(Predicate<String> known) {
        super(StandardConstants.SNI_HOST_NAME);
        this.known = known;
    }

    @Override
    public boolean matches(SNIServerName name) {
        try {
            SNIHostName host = name instanceof SNIHostName parsed ? parsed : new SNIHostName(name.getEncoded());
            return known.test(host.getAsciiName());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
