package dev.lintel.filters.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs whatever header and payload it is given, well-formed or not, with the JDK alone. */
final class TokenForge {

    static final KeyPair RSA = rsa(2048);
    static final KeyPair OTHER_RSA = rsa(2048);
    static final KeyPair P256 = ec("secp256r1");
    static final KeyPair P384 = ec("secp384r1");
    static final KeyPair P521 = ec("secp521r1");
    static final String SECRET = "correct horse battery staple, and then some more of it for HS512";

    private TokenForge() {}

    static KeyPair rsa(int bits) {
        return pair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    static KeyPair ec(String curve) {
        return pair("EC", new ECGenParameterSpec(curve));
    }

    private static KeyPair pair(String type, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with this header and payload, signed as {@code algorithm} says, whatever the header says. */
    static String signed(JwtAlgorithm algorithm, String header, String payload) {
        return signed(algorithm, keyOf(algorithm), header, payload);
    }

    static String signed(JwtAlgorithm algorithm, PrivateKey key, String header, String payload) {
        String input = base64(header) + "." + base64(payload);
        return input + "." + base64(signature(algorithm, key, input));
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hmac(JwtAlgorithm algorithm, byte[] secret, String input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA" + algorithm.hashBytes() * 8);
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return mac.doFinal(input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signature(JwtAlgorithm algorithm, PrivateKey key, String input) {
        if (algorithm.family() == JwtAlgorithm.Family.HMAC) {
            return hmac(algorithm, SECRET.getBytes(StandardCharsets.UTF_8), input);
        }
        int bits = algorithm.hashBytes() * 8;
        try {
            Signature signature = switch (algorithm.name().substring(0, 2)) {
                case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
                case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
                default -> pss(bits);
            };
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.ISO_8859_1));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signature pss(int bits) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        String hash = "SHA-" + bits;
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
        return signature;
    }

    static PrivateKey keyOf(JwtAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> P256.getPrivate();
            case ES384 -> P384.getPrivate();
            case ES512 -> P521.getPrivate();
            default -> RSA.getPrivate();
        };
    }

    /** The public JWK of a pair; {@code more} is put in front of the closing brace. */
    static String jwk(KeyPair pair, String kid, String more) {
        String id = "\"kid\":\"" + kid + "\",";
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return "{\"kty\":\"RSA\"," + id + "\"n\":\"" + number(rsa.getModulus(), 0) + "\",\"e\":\""
                    + number(rsa.getPublicExponent(), 0) + "\"" + more + "}";
        }
        ECPublicKey ec = (ECPublicKey) pair.getPublic();
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        int size = (bits + 7) / 8;
        return "{\"kty\":\"EC\"," + id + "\"crv\":\"P-" + bits + "\",\"x\":\""
                + number(ec.getW().getAffineX(), size) + "\",\"y\":\""
                + number(ec.getW().getAffineY(), size) + "\""
                + more + "}";
    }

    static String jwk(KeyPair pair, String kid) {
        return jwk(pair, kid, "");
    }

    private static String number(BigInteger value, int size) {
        byte[] bytes = value.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        int length = Math.max(size, bytes.length - from);
        byte[] padded = new byte[length];
        System.arraycopy(bytes, from, padded, length - (bytes.length - from), bytes.length - from);
        return base64(padded);
    }
}
