package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemReaderTest {

    private static final Set<JwtAlgorithm> DEFAULTS =
            EnumSet.of(JwtAlgorithm.RS256, JwtAlgorithm.ES256, JwtAlgorithm.ES384, JwtAlgorithm.ES512);

    /** A self-signed certificate for CN=lintel-test with a P-256 key, made for this test; long expired. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBQjCB6aADAgECAghm2TCuwc17WzAKBggqhkjOPQQDAjAWMRQwEgYDVQQDEwts
            aW50ZWwtdGVzdDAeFw0yMDAxMDExNjAyMjdaFw0yMDAxMzExNjAyMjdaMBYxFDAS
            BgNVBAMTC2xpbnRlbC10ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE56W4
            C3oGp+H207BBPny/kwLPnP3v0Ulc39qLNbZHg6yfiu5502QOjv4omx/Gn1R+YMUu
            +jZ+ZzY7tTMDYUnUbaMhMB8wHQYDVR0OBBYEFDeEfIyzmfIStsq7Z0jLqgJpJVJP
            MAoGCCqGSM49BAMCA0gAMEUCIQDGXu/paSWTVoSEj5lFgEccEtDhmZMJq4YhY4nU
            SnbSqAIgHtaAvHJ2DVvyu7InYYxxLSaKysCxbMVhuhThkXIumys=
            -----END CERTIFICATE-----
            """;

    private static List<VerificationKey> read(String pem) throws UnusableKey {
        return new PemReader(DEFAULTS).read(pem);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static String pem(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    @Test
    void readsRsaAndEcKeysOfOneText() throws Exception {
        List<VerificationKey> keys = read("Our keys:\n" + pem(TokenForge.RSA) + pem(TokenForge.P384));
        assertThat(keys)
                .extracting(VerificationKey::algorithms)
                .containsExactly(Set.of(JwtAlgorithm.RS256), Set.of(JwtAlgorithm.ES384));
        assertThat(keys).extracting(VerificationKey::id).containsOnlyNulls();
    }

    @Test
    void readsPkcs1() throws Exception {
        byte[] spki = TokenForge.RSA.getPublic().getEncoded();
        // The wrapping of a 2048-bit key is 24 bytes long.
        byte[] pkcs1 = Arrays.copyOfRange(spki, 24, spki.length);
        assertThat(read(pem("RSA PUBLIC KEY", pkcs1))).isEqualTo(read(pem(TokenForge.RSA)));
    }

    @Test
    void takesTheKeyOfACertificateWhateverItsDates() throws Exception {
        assertThat(read(CERTIFICATE).get(0).algorithms()).containsExactly(JwtAlgorithm.ES256);
    }

    @Test
    void refusesAPrivateKeyWithoutShowingIt() {
        String pem = pem("PRIVATE KEY", TokenForge.RSA.getPrivate().getEncoded());
        assertThatThrownBy(() -> read(pem))
                .isInstanceOf(UnusableKey.class)
                .hasMessage("PEM block PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE");
    }

    @Test
    void refusesKeysThatFitNoConfiguredAlgorithm() {
        assertThatThrownBy(() -> new PemReader(EnumSet.of(JwtAlgorithm.ES256)).read(pem(TokenForge.RSA)))
                .hasMessage("key for one of the configured algorithms");
        assertThatThrownBy(() -> new PemReader(EnumSet.of(JwtAlgorithm.ES256)).read(pem(TokenForge.P521)))
                .hasMessage("algorithm ES512 for curve P-521");
    }

    @Test
    void refusesWeakKeys() {
        assertThatThrownBy(() -> read(pem(TokenForge.rsa(1024)))).hasMessageContaining("2048 bits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n\u0000\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN RSA PUBLIC KEY-----\n\n-----END RSA PUBLIC KEY-----",
                "-----BEGIN ",
                "no key at all"
            })
    void refusesBrokenBlocks(String pem) {
        assertThatThrownBy(() -> read(pem)).isInstanceOf(UnusableKey.class);
    }
}
