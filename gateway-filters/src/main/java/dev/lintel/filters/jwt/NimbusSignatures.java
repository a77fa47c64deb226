package dev.lintel.filters.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signature checks with Nimbus. The header handed to Nimbus is our own, holding the algorithm and nothing else, so
 * that no member of a token's header can reach the library.
 */
final class NimbusSignatures {

    private static final Logger LOG = LoggerFactory.getLogger(NimbusSignatures.class);

    private NimbusSignatures() {}

    /** One check for each of {@code algorithms}, all of which are RSA algorithms. */
    static Map<JwtAlgorithm, SignatureCheck> rsa(RSAPublicKey key, Set<JwtAlgorithm> algorithms) {
        return checks(new RSASSAVerifier(key), algorithms);
    }

    /**
     * The same for an elliptic curve key; {@code algorithms} holds the one of the key's curve or nothing.
     *
     * @throws IllegalArgumentException if the curve has no JWS algorithm
     */
    static Map<JwtAlgorithm, SignatureCheck> ec(ECPublicKey key, Set<JwtAlgorithm> algorithms) {
        try {
            return checks(new ECDSAVerifier(key), algorithms);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("unsupported curve", e);
        }
    }

    /**
     * The same for a shared secret.
     *
     * @throws IllegalArgumentException if the secret is shorter than 32 bytes
     */
    static Map<JwtAlgorithm, SignatureCheck> hmac(byte[] secret, Set<JwtAlgorithm> algorithms) {
        try {
            return checks(new MACVerifier(secret), algorithms);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("secret too short", e);
        }
    }

    private static Map<JwtAlgorithm, SignatureCheck> checks(JWSVerifier verifier, Set<JwtAlgorithm> algorithms) {
        Map<JwtAlgorithm, SignatureCheck> checks = new EnumMap<>(JwtAlgorithm.class);
        for (JwtAlgorithm algorithm : algorithms) {
            JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm.name()));
            checks.put(algorithm, (input, signature) -> verifies(verifier, header, input, signature));
        }
        return checks;
    }

    private static boolean verifies(JWSVerifier verifier, JWSHeader header, byte[] input, String signature) {
        try {
            return verifier.verify(header, input, new Base64URL(signature));
        } catch (JOSEException | RuntimeException e) {
            // Only the class: messages of a library may quote what it was given.
            LOG.debug("signature check failed: {}", e.getClass().getName());
            return false;
        }
    }
}
