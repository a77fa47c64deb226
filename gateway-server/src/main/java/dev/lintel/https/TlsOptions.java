package dev.lintel.https;

import dev.lintel.tls.Identity;
import dev.lintel.tls.KeyFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TlsBuilder} was told. Immutable.
 *
 * @param files where certificates and keys are, the first being for who asks for no name
 * @param given certificates and keys that are in no file
 * @param preset versions and suites
 * @param refusesUnknownNames whether handshakes for other names are refused
 * @param sessionLifetime how long a session may be resumed
 * @param clients whether clients identify themselves
 * @param clientAuthorities whose certificates they may have; null if they have none
 * @param watchInterval how often files are looked at; zero for never
 * @param hsts the value of {@code Strict-Transport-Security}; null for none
 */
record TlsOptions(
        List<KeyFiles> files,
        List<Identity> given,
        TlsPreset preset,
        boolean refusesUnknownNames,
        Duration sessionLifetime,
        ClientCertificates clients,
        @Nullable Path clientAuthorities,
        Duration watchInterval,
        @Nullable String hsts) {

    TlsOptions {
        files = List.copyOf(files);
        given = List.copyOf(given);
    }

    List<Path> allFiles() {
        List<Path> all = new ArrayList<>();
        files.forEach(pair -> all.addAll(pair.all()));
        if (clientAuthorities != null) {
            all.add(clientAuthorities);
        }
        return all;
    }
}
