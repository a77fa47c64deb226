package dev.lintel.conformance.server;

import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link H2Spec} over TLS. */
class H2SpecTlsIT {

    @Test
    @Timeout(600)
    void allButTheListedCasesPass(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestAuthority.create().issue("localhost");
        Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.certificatePem());
        Path key = Files.writeString(directory.resolve("key.pem"), certificate.privateKeyPem());
        new H2Spec(directory).check(server -> server.tls(chain, key).http2(), "--tls", "--insecure");
    }
}
