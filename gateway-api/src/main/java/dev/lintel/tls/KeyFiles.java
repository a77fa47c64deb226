package dev.lintel.tls;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate and its private key are, in PEM. Immutable and thread-safe.
 *
 * @param certificates the certificate and then its issuers, each after the one that it has issued; the root may be left out
 * @param key the private key of the first certificate: PKCS#8, PKCS#1 (RSA) or SEC1 (EC), or PKCS#8 encrypted by PBES2; may be the
 *     same file
 * @param password of the key; null if it is not encrypted
 */
public record KeyFiles(
        Path certificates, Path key, @Nullable KeyPassword password) {

    /** Checks that the files are named. */
    public KeyFiles {
        requireNonNull(certificates, "certificates");
        requireNonNull(key, "key");
    }

    /** All files that are read. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(certificates, key));
        if (password != null && password.file() != null) {
            all.add(password.file());
        }
        return all;
    }
}
