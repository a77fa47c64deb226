package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReaderTest {

    private static final String K = TokenForge.base64("0123456789abcdefghijklmnopqrstuv");

    private static Set<JwtAlgorithm> only(JwtAlgorithm algorithm) {
        return EnumSet.of(algorithm);
    }

    private static String oct(String more) {
        return "{\"kty\":\"oct\",\"k\":\"" + K + "\"" + more + "}";
    }

    @ParameterizedTest
    @CsvSource({"HS256,32", "HS384,48", "HS512,64"})
    void asksForAsManyBytesAsTheHashHas(JwtAlgorithm algorithm, int bytes) throws Exception {
        String secret = "0123456789".repeat(7).substring(0, bytes);
        assertThat(new SecretReader(only(algorithm)).read(secret)).hasSize(1);
        assertThatThrownBy(() -> new SecretReader(only(algorithm)).read(secret.substring(1)))
                .hasMessageContaining("at least " + bytes + " bytes");
    }

    @Test
    void countsBytesNotCharacters() throws Exception {
        assertThat(new SecretReader(only(JwtAlgorithm.HS256)).read("éàüöäßñç0123456789abcdef"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabcabcabcabcabcabcabcabcabc",
                "a-string-secret-at-least-256-bits-long"
            })
    void refusesSecretsThatAreNone(String secret) {
        assertThatThrownBy(() -> new SecretReader(only(JwtAlgorithm.HS256)).read(secret))
                .hasMessage("secret that cannot be guessed");
    }

    @Test
    void readsJwksOfTypeOct() throws Exception {
        String set = "{\"keys\":[" + oct(",\"kid\":\"old\",\"alg\":\"HS256\",\"use\":\"sig\"") + ","
                + oct(",\"kid\":\"new\",\"key_ops\":[\"verify\",\"sign\"]") + "]}";
        assertThat(new SecretReader(only(JwtAlgorithm.HS256)).read(set))
                .extracting(VerificationKey::id)
                .containsExactly("old", "new");
        assertThat(new SecretReader(only(JwtAlgorithm.HS256)).read(oct(""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{not json",
                "{}",
                "{\"keys\":[]}",
                "{\"kty\":\"oct\"}",
                "{\"kty\":\"oct\",\"k\":\"a b\"}",
                "{\"kty\":\"oct\",\"k\":\"\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}"
            })
    void refusesOtherJwks(String jwk) {
        assertThatThrownBy(() -> new SecretReader(only(JwtAlgorithm.HS256)).read(jwk))
                .isInstanceOf(UnusableKey.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"use\":\"enc\"",
                ",\"key_ops\":[\"encrypt\"]",
                ",\"alg\":\"A256GCM\"",
                ",\"alg\":\"HS512\"",
                ",\"kid\":7"
            })
    void refusesSecretsForSomethingElse(String more) {
        assertThatThrownBy(() -> new SecretReader(only(JwtAlgorithm.HS256)).read(oct(more)))
                .isInstanceOf(UnusableKey.class);
    }

    @Test
    void refusesTwoSecretsOfOneName() {
        String set = "{\"keys\":[" + oct(",\"kid\":\"x\"") + "," + oct(",\"kid\":\"x\"") + "]}";
        assertThatThrownBy(() -> new SecretReader(only(JwtAlgorithm.HS256)).read(set))
                .hasMessage("a different kid for each secret");
    }

    @Test
    void neverPrintsASecret() throws Exception {
        String secret = "0123456789abcdefghijklmnopqrstuvwxyz";
        VerificationKey key =
                new SecretReader(only(JwtAlgorithm.HS256)).read(secret).get(0);
        assertThat(key.toString()).doesNotContain(secret.substring(0, 8));
    }
}
