package dev.lintel.conformance;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that tokens of the rows are signed with, made once; signs by the JDK alone, whatever it is given. */
final class Keys {

    private static final KeyPair RSA = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    private static final KeyPair SECOND_RSA = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    private static final KeyPair FOREIGN_RSA = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    private static final KeyPair EC = pair("EC", new ECGenParameterSpec("secp256r1"));

    private static final Map<String, byte[]> SIGNED = new ConcurrentHashMap<>();

    private Keys() {}

    /** The set that the gateway verifies with: {@code rsa-1}, {@code rsa-2} and {@code ec-1}. */
    static String set() {
        return "{\"keys\":[" + rsa(RSA, "rsa-1") + "," + rsa(SECOND_RSA, "rsa-2") + "," + ec(EC, "ec-1") + "]}";
    }

    /** The set of another issuer, which calls its own key {@code rsa-1} too. */
    static String otherSet() {
        return "{\"keys\":[" + rsa(SECOND_RSA, "rsa-1") + "]}";
    }

    /** A key that nobody trusts, as a JWK. */
    static String foreignJwk() {
        return rsa(FOREIGN_RSA, "rsa-1");
    }

    /**
     * A signature.
     *
     * @param how {@code rsa}, {@code rsa-2}, {@code foreign} (RS256), {@code rs384}, {@code rs512}, {@code ps256},
     *     {@code es256}, {@code hs256-pem}, {@code hs256-der} (HMAC with the public key as secret), {@code hs256-empty}
     */
    static byte[] sign(String how, String input) {
        // most rows have the same token
        return SIGNED.computeIfAbsent(how + " " + input, same -> signNew(how, input))
                .clone();
    }

    private static byte[] signNew(String how, String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return switch (how) {
                case "rsa" -> signature(Signature.getInstance("SHA256withRSA"), RSA, bytes);
                case "rs384" -> signature(Signature.getInstance("SHA384withRSA"), RSA, bytes);
                case "rs512" -> signature(Signature.getInstance("SHA512withRSA"), RSA, bytes);
                case "rsa-2" -> signature(Signature.getInstance("SHA256withRSA"), SECOND_RSA, bytes);
                case "foreign" -> signature(Signature.getInstance("SHA256withRSA"), FOREIGN_RSA, bytes);
                case "ps256" -> signature(pss(), RSA, bytes);
                case "es256" -> signature(Signature.getInstance("SHA256withECDSAinP1363Format"), EC, bytes);
                case "hs256-pem" -> mac(pem(), bytes);
                case "hs256-der" -> mac(RSA.getPublic().getEncoded(), bytes);
                case "hs256-zero" -> mac(new byte[] {0}, bytes);
                default -> throw new IllegalArgumentException("signed: " + how + " (expected: a way of signing)");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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

    private static byte[] signature(Signature signature, KeyPair pair, byte[] input) throws GeneralSecurityException {
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return signature;
    }

    private static byte[] mac(byte[] secret, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(input);
    }

    private static byte[] pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(RSA.getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String rsa(KeyPair pair, String kid) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\""
                + number(key.getModulus(), 256) + "\",\"e\":\"" + number(key.getPublicExponent(), 3) + "\"}";
    }

    private static String ec(KeyPair pair, String kid) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return "{\"kty\":\"EC\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"" + kid + "\",\"crv\":\"P-256\",\"x\":\""
                + number(key.getW().getAffineX(), 32) + "\",\"y\":\""
                + number(key.getW().getAffineY(), 32) + "\"}";
    }

    private static String number(BigInteger value, int size) {
        byte[] bytes = value.toByteArray();
        byte[] sized = new byte[size];
        int length = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - length, sized, size - length, length);
        return base64Url(sized);
    }
}
