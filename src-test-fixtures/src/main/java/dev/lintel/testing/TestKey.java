package dev.lintel.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key made for one test, which can sign and be published as a JWK. Immutable; prints no secret. */
public final class TestKey {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String id;
    private final String algorithm;
    private final @Nullable KeyPair pair;
    private final byte[] secret;

    private TestKey(String id, String algorithm, @Nullable KeyPair pair, byte[] secret) {
        this.id = id;
        this.algorithm = algorithm;
        this.pair = pair;
        this.secret = secret;
    }

    /** A new RSA key of 2048 bits; signs RS256 unless told otherwise, and any RS or PS algorithm. */
    public static TestKey rsa(String id) {
        return rsa(id, newRsaPair());
    }

    static TestKey rsa(String id, KeyPair pair) {
        return new TestKey(id, "RS256", pair, none());
    }

    static KeyPair newRsaPair() {
        return pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    }

    /** A new EC key for {@code ES256} (P-256), {@code ES384} (P-384) or {@code ES512} (P-521). */
    public static TestKey ec(String id, String algorithm) {
        String curve = switch (algorithm) {
            case "ES256" -> "secp256r1";
            case "ES384" -> "secp384r1";
            case "ES512" -> "secp521r1";
            default ->
                throw new IllegalArgumentException("algorithm: " + algorithm + " (expected: ES256, ES384 or ES512)");
        };
        return new TestKey(id, algorithm, pair("EC", new ECGenParameterSpec(curve)), none());
    }

    /** A shared secret; signs HS256 unless told otherwise, and any HS algorithm. */
    public static TestKey secret(String id, byte[] secret) {
        return new TestKey(id, "HS256", null, secret.clone());
    }

    /** A shared secret as UTF-8. */
    public static TestKey secret(String id, String secret) {
        return secret(id, secret.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] none() {
        return new byte[0];
    }

    private static KeyPair pair(String type, AlgorithmParameterSpec shape) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(shape);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key id, {@code kid}. */
    public String id() {
        return id;
    }

    /** The algorithm it signs with unless told otherwise. */
    public String algorithm() {
        return algorithm;
    }

    /** The signature or MAC of that input by a JWS algorithm (RFC 7518, section 3) that fits the key. */
    byte[] sign(String jwsAlgorithm, byte[] input) {
        try {
            return pair == null
                    ? JwsSignature.mac(jwsAlgorithm, secret, input)
                    : JwsSignature.sign(jwsAlgorithm, pair.getPrivate(), input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("algorithm: " + jwsAlgorithm + " (expected: one for key " + id + ")", e);
        }
    }

    /**
     * The public key in PEM, {@code BEGIN PUBLIC KEY}.
     *
     * @throws IllegalStateException if it is a shared secret
     */
    public String publicPem() {
        return Certificates.pem("PUBLIC KEY", keyPair().getPublic().getEncoded());
    }

    /** As {@link #jwk(String)} for signatures. */
    public String jwk() {
        return jwk("sig");
    }

    /** The JWK: of a pair the public part with {@code kid}, {@code use} and {@code alg}; a secret as {@code oct}. */
    public String jwk(String use) {
        return Json.of(jwkMembers(use));
    }

    Map<String, Object> jwkMembers(String use) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kid", id);
        members.put("use", use);
        if (pair == null) {
            members.put("kty", "oct");
            members.put("alg", algorithm);
            members.put("k", BASE64URL.encodeToString(secret));
        } else if (pair.getPublic() instanceof RSAPublicKey rsa) {
            members.put("kty", "RSA");
            members.put("alg", use.equals("enc") ? "RSA-OAEP" : algorithm);
            members.put("n", number(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8));
            members.put("e", number(rsa.getPublicExponent(), 3));
        } else {
            ECPublicKey ec = (ECPublicKey) pair.getPublic();
            int size = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
            members.put("kty", "EC");
            members.put("alg", use.equals("enc") ? "ECDH-ES" : algorithm);
            members.put("crv", size == 32 ? "P-256" : size == 48 ? "P-384" : "P-521");
            members.put("x", number(ec.getW().getAffineX(), size));
            members.put("y", number(ec.getW().getAffineY(), size));
        }
        return members;
    }

    private KeyPair keyPair() {
        KeyPair keyPair = pair;
        if (keyPair == null) {
            throw new IllegalStateException("key " + id + ": a shared secret (expected: a key pair)");
        }
        return keyPair;
    }

    private static String number(BigInteger number, int size) {
        byte[] signed = number.toByteArray();
        byte[] unsigned = new byte[size];
        int length = Math.min(signed.length, size);
        System.arraycopy(signed, signed.length - length, unsigned, size - length, length);
        return BASE64URL.encodeToString(unsigned);
    }

    @Override
    public String toString() {
        return algorithm + " key " + id;
    }
}
