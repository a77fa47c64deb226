package dev.lintel.filters.jwt;

import static dev.lintel.filters.jwt.TokenForge.P256;
import static dev.lintel.filters.jwt.TokenForge.RSA;
import static dev.lintel.filters.jwt.TokenForge.jwk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkReaderTest {

    private static final Set<JwtAlgorithm> ALL =
            EnumSet.complementOf(EnumSet.copyOf(JwtAlgorithm.of(JwtAlgorithm.Family.HMAC)));

    private static JwkReader.Keys read(String json) throws UnusableKey {
        return new JwkReader(ALL).read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    static Stream<Arguments> unusable() {
        String rsa = jwk(RSA, "x");
        String ec = jwk(P256, "x");
        return Stream.of(
                arguments("a null", "null"),
                arguments("a text", "\"key\""),
                arguments("no kty", "{\"kid\":\"x\"}"),
                arguments("an unknown kty", "{\"kty\":\"XYZ\"}"),
                arguments(
                        "EdDSA",
                        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"),
                arguments("a secret", "{\"kty\":\"oct\",\"k\":\"" + "A".repeat(43) + "\"}"),
                arguments("a private RSA key", jwk(RSA, "x", ",\"d\":\"AQAB\"")),
                arguments("a private EC key", jwk(P256, "x", ",\"d\":\"AQAB\"")),
                arguments("an RSA key with primes", jwk(RSA, "x", ",\"p\":\"AQAB\",\"q\":\"AQAB\"")),
                arguments("an RSA key with a secret", jwk(RSA, "x", ",\"k\":\"AQAB\"")),
                arguments("use enc", jwk(RSA, "x", ",\"use\":\"enc\"")),
                arguments("use null", jwk(RSA, "x", ",\"use\":null")),
                arguments("key_ops sign", jwk(RSA, "x", ",\"key_ops\":[\"sign\"]")),
                arguments("key_ops text", jwk(RSA, "x", ",\"key_ops\":\"verify\"")),
                arguments("an encryption algorithm", jwk(RSA, "x", ",\"alg\":\"RSA-OAEP\"")),
                arguments("HS256 on an RSA key", jwk(RSA, "x", ",\"alg\":\"HS256\"")),
                arguments("ES256 on an RSA key", jwk(RSA, "x", ",\"alg\":\"ES256\"")),
                arguments("RS256 on an EC key", jwk(P256, "x", ",\"alg\":\"RS256\"")),
                arguments("ES384 on P-256", jwk(P256, "x", ",\"alg\":\"ES384\"")),
                arguments("ES256K", jwk(P256, "x", ",\"alg\":\"ES256K\"")),
                arguments("alg a number", jwk(P256, "x", ",\"alg\":256")),
                arguments("kid a number", rsa.replace("\"kid\":\"x\"", "\"kid\":7")),
                arguments("1024 bits", jwk(TokenForge.rsa(1024), "x")),
                arguments("exponent 1", rsa.replace("\"e\":\"AQAB\"", "\"e\":\"AQ\"")),
                arguments("exponent 2", rsa.replace("\"e\":\"AQAB\"", "\"e\":\"Ag\"")),
                arguments("exponent of 80 bits", rsa.replace("\"e\":\"AQAB\"", "\"e\":\"_________________w\"")),
                arguments("even modulus", rsa.replaceAll("(\"n\":\"[^\"]*)[^\"]{2}\"", "$1AA\"")),
                arguments("padded modulus", rsa.replaceAll("(\"n\":\"[^\"]*)\"", "$1==\"")),
                arguments("no modulus", "{\"kty\":\"RSA\",\"e\":\"AQAB\"}"),
                arguments("16384 bits", "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + "_".repeat(2730) + "w\"}"),
                arguments("a point off the curve", ec.replaceAll("(\"y\":\"[^\"]*)[^\"]{3}\"", "$1AAA\"")),
                arguments("the point at zero", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}"),
                arguments("another curve's name", ec.replace("P-256", "P-384")),
                arguments("P-192", ec.replace("P-256", "P-192")),
                arguments("secp256k1", ec.replace("P-256", "secp256k1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void leavesOutUnusableKeysAndKeepsTheGoodOnes(String what, String bad) throws Exception {
        JwkReader.Keys read = read(set(jwk(RSA, "good"), bad, jwk(P256, "fine")));
        assertThat(read.keys()).as(what).extracting(VerificationKey::id).containsExactly("good", "fine");
        assertThat(read.ignored()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "<html>",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[",
                "{\"keys\":[],\"keys\":[]}"
            })
    void refusesWhatIsNoKeySet(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnusableKey.class);
    }

    @Test
    void bindsEachKeyToTheAlgorithmsOfItsTypeAndItsAlg() throws Exception {
        JwkReader.Keys read =
                read(set(jwk(RSA, "any"), jwk(RSA, "one", ",\"alg\":\"PS384\""), jwk(TokenForge.P521, "curve")));
        assertThat(read.keys().get(0).algorithms()).isEqualTo(JwtAlgorithm.of(JwtAlgorithm.Family.RSA));
        assertThat(read.keys().get(1).algorithms()).containsExactly(JwtAlgorithm.PS384);
        assertThat(read.keys().get(2).algorithms()).containsExactly(JwtAlgorithm.ES512);
    }

    @Test
    void readsASingleKey() throws Exception {
        assertThat(read(jwk(RSA, "alone")).keys()).hasSize(1);
    }

    @Test
    void takesKeysForVerifyingWhateverElseTheySay() throws Exception {
        JwkReader.Keys read = read(
                set(
                        jwk(
                                RSA,
                                "x",
                                ",\"use\":\"sig\",\"key_ops\":[\"verify\"],\"alg\":\"RS256\",\"x5c\":[\"not a certificate\"],\"x5u\":\"http://evil.example/\"")));
        assertThat(read.keys()).hasSize(1);
    }

    @Test
    void readsNoMoreKeysThanItMay() throws Exception {
        String key = "{\"kty\":\"oct\"}";
        String many =
                IntStream.range(0, JwkReader.MAX_KEYS + 10).mapToObj(i -> key).collect(Collectors.joining(","));
        assertThat(read("{\"keys\":[" + many + "]}").ignored()).hasSize(JwkReader.MAX_KEYS + 1);
    }
}
