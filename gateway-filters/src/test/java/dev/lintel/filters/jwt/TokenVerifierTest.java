package dev.lintel.filters.jwt;

import static dev.lintel.filters.jwt.TokenForge.base64;
import static dev.lintel.filters.jwt.TokenForge.jwk;
import static dev.lintel.filters.jwt.TokenForge.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lintel.filters.jwt.TokenFault.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile tokens, one row each, against the verifier alone; time and keys are values here. */
class TokenVerifierTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final long SECOND = NOW / 1000;
    private static final int LENGTH = 8192;
    private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";
    private static final String ISSUER = "https://idp.example.com";
    private static final String AUDIENCE = "orders-api";
    private static final String GOOD = claims("");

    private static final KeySet KEYS = keys(Set.of(JwtAlgorithm.RS256, JwtAlgorithm.PS256, JwtAlgorithm.ES256));

    private static KeySet keys(Set<JwtAlgorithm> algorithms) {
        String set = "{\"keys\":[" + jwk(TokenForge.RSA, "rsa") + "," + jwk(TokenForge.P256, "ec") + ","
                + jwk(TokenForge.OTHER_RSA, "ps", ",\"alg\":\"PS256\"") + "]}";
        try {
            return KeySet.of(new JwkReader(algorithms)
                    .read(set.getBytes(StandardCharsets.UTF_8))
                    .keys());
        } catch (UnusableKey e) {
            throw new IllegalStateException(e);
        }
    }

    private static String claims(String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"alice\",\"exp\":" + (SECOND + 60)
                + more + "}";
    }

    private static TokenVerifier verifier(Set<JwtAlgorithm> algorithms) {
        CallerRules callerRules =
                new CallerRules("sub", "roles", List.of("scope", "scp"), List.of(), List.of(), Match.ALL, List.of());
        return new TokenVerifier(
                algorithms,
                LENGTH,
                new ClaimRules(ISSUER, Set.of(AUDIENCE), 30_000),
                callerRules,
                new Refusals("api", List.of()));
    }

    private static TokenDecision decide(String token, KeySet keys) {
        TokenVerifier verifier = verifier(EnumSet.of(JwtAlgorithm.RS256, JwtAlgorithm.PS256, JwtAlgorithm.ES256));
        return verifier.decide(token, TokenDigest.of(token, 0), keys, NOW);
    }

    private static void refuses(String token, Reason reason) {
        assertThat(decide(token, KEYS)).isEqualTo(new TokenDecision.Invalid(reason));
    }

    private static String rs256(String header, String payload) {
        return signed(JwtAlgorithm.RS256, header, payload);
    }

    @Test
    void acceptsAGoodToken() {
        assertThat(decide(rs256(RS256, GOOD), KEYS)).isInstanceOfSatisfying(TokenDecision.Verified.class, verified -> {
            assertThat(verified.token().caller().subject()).isEqualTo("alice");
            assertThat(verified.token().caller().kind()).isEqualTo("jwt");
            assertThat(verified.token().refused()).isNull();
            assertThat(verified.token().key().id()).isEqualTo("rsa");
        });
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void acceptsEveryAlgorithmThatIsConfigured(JwtAlgorithm algorithm) throws Exception {
        Set<JwtAlgorithm> only = EnumSet.of(algorithm);
        String set = "{\"keys\":[" + jwk(TokenForge.RSA, "k") + "," + jwk(TokenForge.P256, "k") + ","
                + jwk(TokenForge.P384, "k") + "," + jwk(TokenForge.P521, "k") + "]}";
        List<VerificationKey> keys = algorithm.family() == JwtAlgorithm.Family.HMAC
                ? new SecretReader(only).read(TokenForge.SECRET)
                : new JwkReader(only).read(set.getBytes(StandardCharsets.UTF_8)).keys();
        String token = signed(algorithm, "{\"alg\":\"" + algorithm + "\",\"kid\":\"k\"}", GOOD);
        assertThat(verifier(only).decide(token, TokenDigest.of(token, 0), KeySet.of(keys), NOW))
                .isInstanceOf(TokenDecision.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"none\"",
                "\"None\"",
                "\"nOnE\"",
                "\"NONE\"",
                "null",
                "256",
                "[\"RS256\"]",
                "\"\"",
                "\"rs256\"",
                "\"RS256 \"",
                "\"RS384\"",
                "\"HS256\"",
                "\"HS512\"",
                "\"ES256K\"",
                "\"EdDSA\"",
                "\"dir\"",
                "\"RSA1_5\""
            })
    void refusesAlgorithmsThatAreNotConfigured(String algorithm) {
        refuses(rs256("{\"alg\":" + algorithm + ",\"kid\":\"rsa\"}", GOOD), Reason.ALGORITHM);
    }

    @Test
    void refusesAHeaderWithoutAlgorithm() {
        refuses(rs256("{\"kid\":\"rsa\"}", GOOD), Reason.ALGORITHM);
    }

    @Test
    void refusesAnHmacOverThePublicKey() {
        byte[] published = jwk(TokenForge.RSA, "rsa").getBytes(StandardCharsets.UTF_8);
        String input = base64("{\"alg\":\"HS256\",\"kid\":\"rsa\"}") + "." + base64(GOOD);
        refuses(input + "." + base64(TokenForge.hmac(JwtAlgorithm.HS256, published, input)), Reason.ALGORITHM);
    }

    static Stream<Arguments> mismatches() {
        return Stream.of(
                arguments("RS256 with the id of an EC key", JwtAlgorithm.RS256, "RS256", "ec", Reason.UNKNOWN_KEY),
                arguments("ES256 with the id of an RSA key", JwtAlgorithm.ES256, "ES256", "rsa", Reason.UNKNOWN_KEY),
                arguments("RS256 with the id of a PS256 key", JwtAlgorithm.RS256, "RS256", "ps", Reason.UNKNOWN_KEY),
                arguments("a PS256 signature called RS256", JwtAlgorithm.PS256, "RS256", "rsa", Reason.SIGNATURE),
                arguments("an RS256 signature called PS256", JwtAlgorithm.RS256, "PS256", "rsa", Reason.SIGNATURE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mismatches")
    void bindsAlgorithmsToKeys(String what, JwtAlgorithm signedBy, String named, String keyId, Reason reason) {
        refuses(signed(signedBy, "{\"alg\":\"" + named + "\",\"kid\":\"" + keyId + "\"}", GOOD), reason);
    }

    static Stream<Arguments> texts() {
        String good = rs256(RS256, GOOD);
        int dot = good.indexOf('.');
        int last = good.lastIndexOf('.');
        String header = good.substring(0, dot);
        String payload = good.substring(dot + 1, last);
        String signature = good.substring(last + 1);
        List<Arguments> rows = new ArrayList<>();
        rows.add(arguments("nothing", ""));
        rows.add(arguments("a dot", "."));
        rows.add(arguments("two dots", ".."));
        rows.add(arguments("one part", header));
        rows.add(arguments("two parts", header + "." + payload));
        rows.add(arguments("no signature", header + "." + payload + "."));
        rows.add(arguments("no payload", header + ".." + signature));
        rows.add(arguments("no header", "." + payload + "." + signature));
        rows.add(arguments("four parts", good + "." + signature));
        rows.add(arguments("five parts, as a JWE has", good + "." + signature + "." + signature));
        rows.add(arguments("a JSON serialisation", "{\"payload\":\"" + payload + "\",\"signatures\":[]}"));
        rows.add(arguments("the flattened one", "{\"payload\":\"" + payload + "\",\"protected\":\"" + header + "\"}"));
        for (String extra : List.of("=", "==", "+", "/", " ", "\n", "\t", "\r\n", "%3D", "\u0000", "é", "\u0141")) {
            rows.add(arguments("\"" + extra + "\" after the header", header + extra + "." + payload + "." + signature));
            rows.add(arguments("\"" + extra + "\" in the payload", header + "." + extra + payload + "." + signature));
            rows.add(arguments("\"" + extra + "\" after the signature", good + extra));
        }
        // 256 bytes leave four bits of the last character unused, all zero in the canonical text.
        char end = signature.charAt(signature.length() - 1);
        rows.add(arguments("unused bits set", good.substring(0, good.length() - 1) + (char) (end + 1)));
        rows.add(arguments("a header that is no JSON", base64("{alg:RS256}") + "." + payload + "." + signature));
        rows.add(arguments("a header that is a list", base64("[\"RS256\"]") + "." + payload + "." + signature));
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void refusesWhatIsNotThreeCanonicalParts(String what, String token) {
        refuses(token, Reason.MALFORMED);
    }

    static Stream<Arguments> headers() {
        String own = jwk(TokenForge.OTHER_RSA, "rsa");
        return Stream.of(
                arguments("crit", ",\"crit\":[\"exp\"]", Reason.HEADER),
                arguments("empty crit", ",\"crit\":[]", Reason.HEADER),
                arguments("b64 false with crit", ",\"b64\":false,\"crit\":[\"b64\"]", Reason.HEADER),
                arguments("b64 false without crit", ",\"b64\":false", Reason.HEADER),
                arguments("enc", ",\"enc\":\"A256GCM\"", Reason.HEADER),
                arguments("zip", ",\"zip\":\"DEF\"", Reason.HEADER),
                arguments("alg twice", ",\"alg\":\"RS256\"", Reason.MALFORMED),
                arguments("kid twice", ",\"kid\":\"rsa\"", Reason.MALFORMED),
                arguments("deep nesting", ",\"x\":" + "[".repeat(1000) + "]".repeat(1000), Reason.MALFORMED),
                arguments("its own key", ",\"jwk\":" + own, Reason.SIGNATURE),
                arguments("a link to its own key", ",\"jku\":\"http://127.0.0.1:1/keys\"", Reason.SIGNATURE),
                arguments("a certificate", ",\"x5c\":[\"AAAA\"],\"x5t\":\"AAAA\"", Reason.SIGNATURE),
                arguments("a link to a certificate", ",\"x5u\":\"http://127.0.0.1:1/cert\"", Reason.SIGNATURE));
    }

    /** Signed by a key of the attacker's, so that believing the header would let it in. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void refusesHeadersThatChangeTheRules(String what, String more, Reason reason) {
        String header = RS256.replace("}", more + "}");
        refuses(signed(JwtAlgorithm.RS256, TokenForge.OTHER_RSA.getPrivate(), header, GOOD), reason);
    }

    @Test
    void ignoresKeysAndLinksInTheHeaderOfAGoodToken() {
        String header = RS256.replace(
                "}",
                ",\"jwk\":" + jwk(TokenForge.OTHER_RSA, "x")
                        + ",\"jku\":\"http://127.0.0.1:1/\",\"x5c\":[7],\"typ\":\"at+jwt\"}");
        assertThat(decide(rs256(header, GOOD), KEYS)).isInstanceOf(TokenDecision.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"../../dev/null\"",
                "\"/etc/passwd\"",
                "\"' OR 1=1--\"",
                "\"\\u0000\"",
                "\"\"",
                "\"__proto__\"",
                "\"RSA\"",
                "\"rsa \"",
                "\"http://127.0.0.1:1/rsa\""
            })
    void looksKeyIdsUpAndNothingElse(String keyId) {
        assertThat(decide(rs256("{\"alg\":\"RS256\",\"kid\":" + keyId + "}", GOOD), KEYS))
                .isEqualTo(new TokenDecision.UnknownKey(Reason.UNKNOWN_KEY, KEYS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[\"rsa\"]", "{}", "true"})
    void refusesKeyIdsThatAreNoText(String keyId) {
        refuses(rs256("{\"alg\":\"RS256\",\"kid\":" + keyId + "}", GOOD), Reason.HEADER);
    }

    @Test
    void triesAllFittingKeysWhenThereIsNoKeyId() {
        assertThat(decide(rs256("{\"alg\":\"RS256\"}", GOOD), KEYS)).isInstanceOf(TokenDecision.Verified.class);
        String ec = signed(JwtAlgorithm.ES256, "{\"alg\":\"ES256\"}", GOOD);
        assertThat(decide(ec, KEYS)).isInstanceOf(TokenDecision.Verified.class);
    }

    static Stream<Arguments> signatures() {
        String good = rs256(RS256, GOOD);
        String input = good.substring(0, good.lastIndexOf('.') + 1);
        String other = rs256(RS256, claims(",\"x\":1"));
        String ec = signed(JwtAlgorithm.ES256, "{\"alg\":\"ES256\",\"kid\":\"ec\"}", GOOD);
        String ecInput = ec.substring(0, ec.lastIndexOf('.') + 1);
        byte[] zeroes = new byte[64];
        byte[] order = new java.math.BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16)
                .toByteArray();
        byte[] rAndSOfOrder = new byte[64];
        System.arraycopy(order, 1, rAndSOfOrder, 0, 32);
        System.arraycopy(order, 1, rAndSOfOrder, 32, 32);
        return Stream.of(
                arguments("one byte", input + "AA"),
                arguments("that of another token", input + other.substring(other.lastIndexOf('.') + 1)),
                arguments("another key's", signed(JwtAlgorithm.RS256, TokenForge.OTHER_RSA.getPrivate(), RS256, GOOD)),
                arguments("zeroes", input + base64(new byte[256])),
                arguments("one byte more than the modulus", input + base64(new byte[257])),
                arguments("a huge one", input + base64(new byte[4096])),
                arguments("r = s = 0", ecInput + base64(zeroes)),
                arguments("r = s = n", ecInput + base64(rAndSOfOrder)),
                arguments("DER instead of R and S", ecInput + base64(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void refusesSignaturesThatAreNotTheKeys(String what, String token) {
        refuses(token, Reason.SIGNATURE);
    }

    @Test
    void refusesLongTokensBeforeReadingThem() {
        String long8k = "A".repeat(LENGTH + 1);
        refuses(long8k, Reason.TOO_LONG);
        refuses("!".repeat(1 << 20), Reason.TOO_LONG);
        refuses("A".repeat(LENGTH), Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"-31, false", "-30, false", "-29, true", "-1, true", "0, true"})
    void allowsTheLeewayAfterExpiryAndNotASecondMore(long seconds, boolean valid) {
        String payload = GOOD.replace("" + (SECOND + 60), "" + (SECOND + seconds));
        assertThat(decide(rs256(RS256, payload), KEYS) instanceof TokenDecision.Verified)
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"31, false", "30, true", "0, true", "-1000, true"})
    void allowsTheLeewayBeforeTheBeginning(long seconds, boolean valid) {
        String token = rs256(RS256, claims(",\"nbf\":" + (SECOND + seconds)));
        assertThat(decide(token, KEYS) instanceof TokenDecision.Verified).isEqualTo(valid);
    }

    static Stream<Arguments> badClaims() {
        String exp = "\"exp\":" + (SECOND + 60);
        String iss = "\"iss\":\"" + ISSUER + "\"";
        String aud = "\"aud\":\"" + AUDIENCE + "\"";
        List<Arguments> rows = new ArrayList<>();
        rows.add(arguments("exp missing", GOOD.replace("," + exp, ""), Reason.CLAIMS));
        for (String value :
                List.of("-1", "1e18", "9223372036854775808", "\"123\"", "\"" + SECOND + "\"", "[]", "true", "null")) {
            rows.add(arguments("exp " + value, GOOD.replace(exp, "\"exp\":" + value), Reason.CLAIMS));
        }
        rows.add(arguments("exp 0", GOOD.replace(exp, "\"exp\":0"), Reason.EXPIRED));
        rows.add(arguments("exp 1.5", GOOD.replace(exp, "\"exp\":1.5"), Reason.EXPIRED));
        rows.add(arguments("exp in milliseconds", GOOD.replace(exp, "\"exp\":" + (NOW + 60_000)), Reason.CLAIMS));
        rows.add(arguments("nbf text", claims(",\"nbf\":\"0\""), Reason.CLAIMS));
        rows.add(arguments("nbf null", claims(",\"nbf\":null"), Reason.CLAIMS));
        rows.add(arguments("iat text", claims(",\"iat\":\"now\""), Reason.CLAIMS));
        rows.add(arguments("iss missing", GOOD.replace(iss + ",", ""), Reason.ISSUER));
        for (String value : List.of(
                "[\"" + ISSUER + "\"]",
                "\"" + ISSUER + "/\"",
                "\"https://IDP.example.com\"",
                "\"https://idp.evil.example/" + ISSUER + "\"",
                "\"" + ISSUER + ".evil.example\"",
                "\"\"",
                "1")) {
            rows.add(arguments("iss " + value, GOOD.replace(iss, "\"iss\":" + value), Reason.ISSUER));
        }
        rows.add(arguments("aud missing", GOOD.replace(aud + ",", ""), Reason.AUDIENCE));
        for (String value : List.of(
                "\"\"",
                "\"orders\"",
                "\"orders-api-2\"",
                "\"Orders-API\"",
                "7",
                "[]",
                "[\"a\",\"b\"]",
                "{}",
                "[\"orders-api\",7]")) {
            rows.add(arguments("aud " + value, GOOD.replace(aud, "\"aud\":" + value), Reason.AUDIENCE));
        }
        rows.add(arguments("iss null", GOOD.replace(iss, "\"iss\":null"), Reason.CLAIMS));
        rows.add(arguments("sub missing", GOOD.replace("\"sub\":\"alice\",", ""), Reason.SUBJECT));
        for (String value : List.of("\"\"", "7", "[\"alice\"]", "{}", "true")) {
            rows.add(arguments("sub " + value, GOOD.replace("\"alice\"", value), Reason.SUBJECT));
        }
        rows.add(arguments("sub twice", claims(",\"sub\":\"admin\""), Reason.MALFORMED));
        rows.add(arguments("a nested claim twice", claims(",\"a\":{\"b\":1,\"b\":2}"), Reason.MALFORMED));
        for (String value : List.of("[]", "\"x\"", "1", "null", " ", "{", "{}x", "{\"a\":" + "[".repeat(1000))) {
            rows.add(arguments("payload " + value.substring(0, 1), value, Reason.MALFORMED));
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badClaims")
    void refusesClaimsThatAreNotAsTheyMustBe(String what, String payload, Reason reason) {
        refuses(rs256(RS256, payload), reason);
    }

    @Test
    void acceptsOurAudienceAmongOthersAndIssuingInTheFuture() {
        String aud = "\"aud\":[\"other\",\"" + AUDIENCE + "\"]";
        String payload = claims(",\"iat\":" + (SECOND + 1000)).replace("\"aud\":\"" + AUDIENCE + "\"", aud);
        assertThat(decide(rs256(RS256, payload), KEYS)).isInstanceOf(TokenDecision.Verified.class);
    }

    @Test
    void saysSoWhenThereAreNoKeys() {
        String token = rs256(RS256, GOOD);
        TokenVerifier verifier = verifier(EnumSet.of(JwtAlgorithm.RS256));
        assertThat(verifier.decide(token, TokenDigest.of(token, 0), null, NOW)).isEqualTo(TokenDecision.NO_KEYS);
    }

    @Test
    void neverPrintsAToken() throws Exception {
        String token = rs256(RS256, GOOD);
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(CompactToken.parse(token, EnumSet.of(JwtAlgorithm.RS256), LENGTH)
                        .toString())
                .doesNotContain(signature.substring(0, 8));
        assertThat(decide(token, KEYS).toString()).doesNotContain("alice", signature.substring(0, 8));
    }
}
