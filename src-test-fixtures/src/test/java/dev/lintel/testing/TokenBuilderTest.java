package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBuilderTest {

    private static final MutableClock CLOCK = MutableClock.at(Instant.ofEpochSecond(1000));
    private static final TestKey RSA = TestKey.rsa("r");
    private static final TestKey OTHER = TestKey.rsa("o");
    private static final TestKey SECRET =
            TestKey.secret("s", "a secret of more than sixty-four bytes, as HS512 wants to have it, here");

    private static TokenBuilder token() {
        return TokenBuilder.with(RSA, CLOCK);
    }

    private static boolean verifies(String token, TestKey key) throws Exception {
        JWK jwk = JWK.parse(key.jwk());
        JWSVerifier verifier = switch (jwk.getKeyType().getValue()) {
            case "RSA" -> new RSASSAVerifier(jwk.toRSAKey());
            case "EC" -> new ECDSAVerifier(jwk.toECKey());
            default -> new MACVerifier(jwk.toOctetSequenceKey());
        };
        return JWSObject.parse(token).verify(verifier);
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void signsWithRsa(String algorithm) throws Exception {
        assertThat(verifies(token().algorithm(algorithm).sign(), RSA)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void signsWithEc(String algorithm) throws Exception {
        TestKey key = TestKey.ec("e", algorithm);

        assertThat(verifies(token().signedBy(key).sign(), key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void signsWithASecret(String algorithm) throws Exception {
        assertThat(verifies(token().signedBy(SECRET).algorithm(algorithm).sign(), SECRET))
                .isTrue();
    }

    @Test
    void writesHeaderAndClaimsAsGiven() {
        String token = token().issuer("i")
                .audience("a", "b")
                .notBefore(Instant.ofEpochSecond(7))
                .claim("realm_access", Map.of("roles", List.of("admin")))
                .claim("nothing", null)
                .withoutClaim("iat")
                .expiresIn(Duration.ofSeconds(-10))
                .withoutHeader("typ")
                .header("crit", List.of("b64"))
                .sign();

        assertThat(part(token, 0)).isEqualTo("{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"b64\"]}");
        assertThat(part(token, 1))
                .isEqualTo("{\"sub\":\"alice\",\"exp\":990,\"iss\":\"i\",\"aud\":[\"a\",\"b\"],\"nbf\":7,"
                        + "\"realm_access\":{\"roles\":[\"admin\"]},\"nothing\":null}");
        assertThat(part(token().payload("[]").sign(), 1)).isEqualTo("[]");
    }

    @Test
    void forgedTokensNameAKeyThatDidNotSignThem() throws Exception {
        String forged = token().forgedBy(OTHER).sign();

        assertThat(part(forged, 0)).contains("\"kid\":\"r\"");
        assertThat(verifies(forged, RSA)).isFalse();
        assertThat(verifies(forged, OTHER)).isTrue();
    }

    @Test
    void brokenSignaturesAreBroken() throws Exception {
        assertThat(verifies(token().withBrokenSignature(), RSA)).isFalse();
        assertThat(verifies(token().withForeignSignature(), RSA)).isFalse();
        assertThat(token().withoutSignature())
                .endsWith(".")
                .isEqualTo(token().sign().substring(0, token().sign().lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @CsvSource({"none", "nOnE"})
    void unsignedTokensSayNoneAndHaveNoSignature(String none) {
        String token = token().unsigned(none);

        assertThat(part(token, 0)).contains("\"alg\":\"" + none + "\"");
        assertThat(token).endsWith(".");
    }

    @Test
    void confusedTokensAreMadeWithThePublicKey() throws Exception {
        String token = token().confusedWith(RSA);

        assertThat(part(token, 0)).contains("\"alg\":\"HS256\"", "\"kid\":\"r\"");
        assertThat(verifies(token, TestKey.secret("x", RSA.publicPem()))).isTrue();
    }

    @Test
    void publicKeysAreReadableAsPemAndPrintNothing() throws Exception {
        String body = RSA.publicPem().replaceAll("-----[A-Z ]+-----", "");
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));

        assertThat(RSA.publicPem()).startsWith("-----BEGIN PUBLIC KEY-----\n");
        assertThat(key).isEqualTo(JWK.parse(RSA.jwk()).toRSAKey().toPublicKey());
        assertThat(RSA.jwk()).doesNotContain("\"d\"");
        assertThat(SECRET).hasToString("HS256 key s");
    }

    @Test
    void aKeyDoesNotSignWhatItCannot() {
        assertThatThrownBy(() -> token().algorithm("ES256").sign()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> token().algorithm("none").sign()).isInstanceOf(IllegalArgumentException.class);
    }
}
