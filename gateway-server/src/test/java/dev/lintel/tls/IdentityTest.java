package dev.lintel.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and private keys in PEM, as OpenSSL writes them. */
class IdentityTest {

    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    private Path resource(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = IdentityTest.class.getResourceAsStream(name)) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
        return file;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private @Nullable Identity read(Path certificates, Path key, @Nullable KeyPassword password) {
        return Identity.read(new KeyFiles(certificates, key, password), "tls", problems);
    }

    private List<String> messages() {
        return problems.list().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-certificate.pem, rsa-pkcs8.pem, RSA",
        "rsa-certificate.pem, rsa-pkcs1.pem, RSA",
        "ec-certificate.pem, ec-pkcs8.pem, EC",
        "ec-certificate.pem, ec-sec1.pem, EC",
        "ec-certificate.pem, ec-sec1-with-parameters.pem, EC",
        "ed25519-certificate.pem, ed25519-pkcs8.pem, EdDSA",
        "rsapss-certificate.pem, rsapss-pkcs8.pem, RSASSA-PSS",
    })
    void aKeyOfEachFormIsRead(String certificates, String key, String algorithm) throws IOException {
        Identity identity = read(resource(certificates), resource(key), null);
        assertThat(messages()).isEmpty();
        assertThat(identity).isNotNull();
        assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-certificate.pem, rsa-pbes2-aes256.pem, correct horse",
        "rsa-certificate.pem, rsa-pbes2-aes128-sha512.pem, correct horse",
        "rsa-certificate.pem, rsa-pbes2-des3-sha1.pem, correct horse",
        "ec-certificate.pem, ec-pbes2-aes256-umlaut.pem, pässwörd",
    })
    void anEncryptedKeyIsOpenedByItsPassword(String certificates, String key, String password) throws IOException {
        assertThat(read(resource(certificates), resource(key), KeyPassword.of(password)))
                .isNotNull();
        Path file = file("password", password + "\nsecond line");
        assertThat(read(resource(certificates), resource(key), KeyPassword.file(file)))
                .isNotNull();
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"wrong", "''", "'correct horse '"})
    void aWrongPasswordIsTold(String password) throws IOException {
        Path key = resource("rsa-pbes2-aes256.pem");
        assertThat(read(resource("rsa-certificate.pem"), key, KeyPassword.of(password)))
                .isNull();
        assertThat(messages()).singleElement().asString().startsWith("tls.key: " + key + " (expected: a ");
        assertThat(messages().toString())
                .contains("password")
                .doesNotContain("wrong")
                .doesNotContain("horse");
    }

    @ParameterizedTest
    @CsvSource({"rsa-traditional-encrypted.pem", "rsa-pbes1.pem", "rsa-scrypt.pem"})
    void aKeyThatIsEncryptedInAnotherWayIsRefusedWithWhatConvertsIt(String name) throws IOException {
        Path key = resource(name);
        assertThat(read(resource("rsa-certificate.pem"), key, KeyPassword.of(PASSWORD)))
                .isNull();
        assertThat(messages())
                .containsExactly("tls.key: " + key + " (expected: PKCS#8 encrypted by PBES2; this makes it so:"
                        + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.pem -out new.pem)");
    }

    @Test
    void anEncryptedKeyNeedsAPassword() throws IOException {
        Path key = resource("rsa-pbes2-aes256.pem");
        assertThat(read(resource("rsa-certificate.pem"), key, null)).isNull();
        assertThat(messages())
                .containsExactly("tls.key: " + key + " (expected: a password, since the key is encrypted)");
    }

    @Test
    void aFileWithoutThePasswordIsTold() throws IOException {
        Path password = directory.resolve("none");
        assertThat(read(resource("rsa-certificate.pem"), resource("rsa-pbes2-aes256.pem"), KeyPassword.file(password)))
                .isNull();
        assertThat(messages())
                .containsExactly("tls.key.password: " + password + " (expected: a file that can be read)");
    }

    @Test
    void oneFileMayHoldBothWithTextBetween() throws IOException {
        String certificate = Files.readString(resource("rsa-certificate.pem"));
        String key = Files.readString(resource("rsa-pkcs1.pem"));
        Path both = file("both.pem", "subject=CN\r\n" + key.replace("\n", "\r\n") + "\n# a remark\n" + certificate);
        assertThat(read(both, both, null)).isNotNull();
        assertThat(messages()).isEmpty();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        for (String key : List.of("ec-pkcs8.pem", "ed25519-pkcs8.pem", "rsapss-pkcs8.pem")) {
            assertThat(read(resource("rsa-certificate.pem"), resource(key), null))
                    .isNull();
        }
        TestAuthority authority = TestAuthority.create();
        Path chain = file("chain.pem", authority.issue("a.example").certificatePem());
        Path key = file("key.pem", authority.issue("a.example").privateKeyPem());
        assertThat(read(chain, key, null)).isNull();
        assertThat(messages())
                .hasSize(4)
                .endsWith("tls.key: " + key + " (expected: the private key of the first certificate in " + chain + ")");
    }

    @Test
    void theOrderOfCertificatesIsChecked() throws IOException {
        TestAuthority authority = TestAuthority.create();
        TestCertificate certificate = authority.issue("a.example");
        Path key = file("key.pem", certificate.privateKeyPem());
        String whole = certificate.certificatePem();
        String own =
                whole.substring(0, whole.length() - authority.certificatePem().length());
        Path turned = file("turned.pem", authority.certificatePem() + own);
        assertThat(read(turned, key, null)).isNull();
        Path foreign = file("foreign.pem", own + TestAuthority.create().certificatePem());
        assertThat(read(foreign, key, null)).isNull();
        assertThat(messages())
                .containsExactly(
                        "tls.certificate: " + turned + " (expected: the certificate of the key first)",
                        "tls.certificate: " + foreign + " (expected: each certificate followed by its issuer; number 2"
                                + " is not that of number 1)");
        assertThat(read(file("own.pem", own), key, null)).isNotNull();
        assertThat(read(file("whole.pem", whole), key, null)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----MII-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----MIIB-----END PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----MIIB-----END EC PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----MAYCAQEEAQE=-----END EC PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----MIIB-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----MIIB-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----MIT/////-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN DSA PRIVATE KEY-----MIIB-----END DSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----MIIB-----END OPENSSH PRIVATE KEY-----",
    })
    void whatIsNoKeyIsTold(String content) throws IOException {
        Path key = file("key.pem", content);
        assertThat(read(resource("rsa-certificate.pem"), key, KeyPassword.of("x")))
                .isNull();
        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("tls.key: " + key + " (expected: a PEM file with one private key: PKCS#8");
    }

    @Test
    void twoKeysAreOneTooMany() throws IOException {
        String key = Files.readString(resource("rsa-pkcs8.pem"));
        Path twice = file("twice.pem", key + key);
        assertThat(read(resource("rsa-certificate.pem"), twice, null)).isNull();
        assertThat(messages()).singleElement().asString().contains("one private key");
    }

    @Test
    void whatIsNoCertificateIsTold() throws IOException {
        Path key = resource("rsa-pkcs8.pem");
        Path malformed = file("malformed.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        for (Path none : List.of(key, malformed, file("empty", ""))) {
            assertThat(read(none, key, null)).isNull();
        }
        assertThat(messages())
                .hasSize(3)
                .allMatch(message ->
                        message.endsWith("(expected: a PEM file with the certificate and then its issuers)"));
    }

    @Test
    void filesThatAreTooLargeOrDirectoriesAreTold() throws IOException {
        Path large = file("large.pem", "x".repeat(1024 * 1024 + 1));
        assertThat(read(directory, large, null)).isNull();
        assertThat(messages())
                .containsExactly(
                        "tls.certificate: " + directory + " (expected: a file that can be read; this is a directory)",
                        "tls.key: " + large + " (expected: a file of at most 1MiB)");
    }

    @Test
    void printsNeitherKeyNorPassword() throws IOException {
        Identity identity =
                read(resource("rsa-certificate.pem"), resource("rsa-pbes2-aes256.pem"), KeyPassword.of(PASSWORD));
        assertThat(String.valueOf(identity)).isEqualTo("a key and 1 certificates");
        assertThat(KeyPassword.of(PASSWORD)).hasToString("a password");
    }
}
