package dev.lintel.tls;

import dev.lintel.option.Problems;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads X.509 certificates from a PEM file. */
final class PemCertificates {

    private PemCertificates() {}

    /**
     * Reads them, in the order of the file.
     *
     * @param option what they are for, in messages
     * @param rule what the file is to be, in messages
     * @return at least one; null if there is a problem, which is noted
     */
    static @Nullable List<X509Certificate> read(Path file, String option, String rule, Problems problems) {
        List<PemFile.Block> blocks = PemFile.read(file, option, problems);
        if (blocks == null) {
            return null;
        }
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemFile.Block block : blocks) {
                if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
        } catch (GeneralSecurityException malformed) {
            found.clear();
        }
        if (found.isEmpty()) {
            problems.add(option, file, rule);
            return null;
        }
        return found;
    }
}
