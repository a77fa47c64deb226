package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.option.Problems;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyStoreTest {

    private static final String KEY_RULE = "a PEM file with an unencrypted PKCS#8 key (BEGIN PRIVATE KEY)";
    private static final String CONVERT = "; openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem converts it";

    private final TestCertificate certificate = TestAuthority.create().issue("localhost");
    private final Problems problems = new Problems();

    @TempDir
    private Path directory;

    @Test
    void takesTheWholeChain() throws GeneralSecurityException {
        KeyStore store = read(certificate.certificatePem(), certificate.privateKeyPem());
        assertThat(store).isNotNull();
        assertThat(store.getCertificateChain("server")).hasSize(2);
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,256", "EC,384", "Ed25519,"})
    void takesKeysOfEveryKindThatTlsKnows(String algorithm, @Nullable String size)
            throws GeneralSecurityException, IOException, InterruptedException {
        KeyStore made = keytool(algorithm, size);
        String key = pem("PRIVATE KEY", made.getKey("k", "secret".toCharArray()).getEncoded());
        String chain = pem("CERTIFICATE", made.getCertificate("k").getEncoded());
        assertThat(read(chain, key)).isNotNull();
    }

    @Test
    void passesOverWhatIsNotPem() {
        String comment = "Bag Attributes\n  friendlyName: x\n";
        assertThat(read(comment + certificate.certificatePem(), comment + certificate.privateKeyPem()))
                .isNotNull();
        assertThat(read(
                        certificate.certificatePem().replace("\n", "\r\n"),
                        certificate.privateKeyPem().replace("\n", "\r\n")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "DSA PRIVATE KEY"})
    void tellsHowToConvertOtherKeys(String label) {
        String key = certificate.privateKeyPem().replace("PRIVATE KEY", label);
        assertThat(read(certificate.certificatePem(), key)).isNull();
        assertProblem("tls.key: " + file("key.pem") + " (expected: " + KEY_RULE + CONVERT + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n",
                "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n"
            })
    void refusesWhatIsNoKey(String text) {
        assertThat(read(certificate.certificatePem(), text)).isNull();
        assertProblem("tls.key: " + file("key.pem") + " (expected: " + KEY_RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void refusesWhatIsNoCertificate(String text) {
        assertThat(read(text, certificate.privateKeyPem())).isNull();
        assertProblem("tls.certificate: " + file("chain.pem")
                + " (expected: a PEM file with the server's certificate and then its issuers)");
    }

    @Test
    void refusesKeyOfAnotherCertificate() {
        TestCertificate other = TestAuthority.create().issue("localhost");
        assertThat(read(certificate.certificatePem(), other.privateKeyPem())).isNull();
        assertProblem("tls.key: " + file("key.pem") + " (expected: the private key of the first certificate in "
                + file("chain.pem") + ")");
    }

    private void assertProblem(String text) {
        assertThatThrownBy(() -> problems.throwIfAny("server"))
                .hasMessageContaining("server: 1 problem")
                .hasMessageContaining(text);
    }

    private @Nullable KeyStore read(String chain, String key) {
        try {
            Files.writeString(file("chain.pem"), chain);
            Files.writeString(file("key.pem"), key);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return PemKeyStore.read(file("chain.pem"), file("key.pem"), problems);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    private KeyStore keytool(String algorithm, @Nullable String size)
            throws GeneralSecurityException, IOException, InterruptedException {
        Path file = file("made.p12");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-dname",
                "CN=localhost",
                "-storepass",
                "secret",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-keyalg",
                algorithm);
        if (size != null) {
            builder.command().add("-keysize");
            builder.command().add(size);
        }
        Process keytool = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            made.load(in, "secret".toCharArray());
        }
        return made;
    }
}
