package dev.lintel.testing;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as RFC 7518, section 3 defines them, made by the JDK alone. */
final class JwsSignature {

    private JwsSignature() {}

    static byte[] sign(String algorithm, PrivateKey key, byte[] input) throws GeneralSecurityException {
        String bits = bits(algorithm);
        Signature signature;
        switch (algorithm.substring(0, 2)) {
            case "RS" -> signature = Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> signature = Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> {
                signature = Signature.getInstance("RSASSA-PSS");
                String hash = "SHA-" + bits;
                signature.setParameter(
                        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
            }
            default -> throw new NoSuchAlgorithmException(algorithm);
        }
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    static byte[] mac(String algorithm, byte[] secret, byte[] input) throws GeneralSecurityException {
        if (!algorithm.startsWith("HS")) {
            throw new NoSuchAlgorithmException(algorithm);
        }
        String name = "HmacSHA" + bits(algorithm);
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(secret, name));
        return mac.doFinal(input);
    }

    private static String bits(String algorithm) throws NoSuchAlgorithmException {
        if (algorithm.length() != 5) {
            throw new NoSuchAlgorithmException(algorithm);
        }
        return algorithm.substring(2);
    }
}
