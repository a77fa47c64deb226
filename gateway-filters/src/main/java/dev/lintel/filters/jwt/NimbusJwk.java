package dev.lintel.filters.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes keys of numbers with Nimbus, which also checks that a point lies on its curve. */
final class NimbusJwk {

    private NimbusJwk() {}

    static VerificationKey rsa(@Nullable String id, String n, String e, Set<JwtAlgorithm> algorithms)
            throws UnusableKey {
        try {
            return rsa(
                    id, new RSAKey.Builder(canonical(n), canonical(e)).build().toRSAPublicKey(), algorithms);
        } catch (JOSEException | RuntimeException broken) {
            throw new UnusableKey("well-formed RSA key");
        }
    }

    static VerificationKey rsa(@Nullable String id, RSAPublicKey key, Set<JwtAlgorithm> algorithms) throws UnusableKey {
        String problem = RsaKeyRules.problem(key);
        if (problem != null) {
            throw new UnusableKey(problem);
        }
        return new VerificationKey(id, key, NimbusSignatures.rsa(key, algorithms));
    }

    static VerificationKey ec(@Nullable String id, String curve, String x, String y, Set<JwtAlgorithm> algorithms)
            throws UnusableKey {
        Curve named = curve(curve);
        ECPublicKey key;
        try {
            key = new ECKey.Builder(named, canonical(x), canonical(y)).build().toECPublicKey();
        } catch (JOSEException | RuntimeException broken) {
            throw new UnusableKey("point on curve " + named.getName());
        }
        return ec(id, named, key, algorithms);
    }

    static VerificationKey ec(@Nullable String id, ECPublicKey key, Set<JwtAlgorithm> algorithms) throws UnusableKey {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (curve == null) {
            throw new UnusableKey("curve P-256, P-384 or P-521");
        }
        try {
            new ECKey.Builder(curve, key).build();
        } catch (RuntimeException broken) {
            throw new UnusableKey("point on curve " + curve.getName());
        }
        return ec(id, curve(curve.getName()), key, algorithms);
    }

    private static VerificationKey ec(@Nullable String id, Curve curve, ECPublicKey key, Set<JwtAlgorithm> algorithms)
            throws UnusableKey {
        JwtAlgorithm fitting = curve.equals(Curve.P_256)
                ? JwtAlgorithm.ES256
                : curve.equals(Curve.P_384) ? JwtAlgorithm.ES384 : JwtAlgorithm.ES512;
        if (!algorithms.contains(fitting)) {
            throw new UnusableKey("algorithm " + fitting + " for curve " + curve.getName());
        }
        return new VerificationKey(id, key, NimbusSignatures.ec(key, EnumSet.of(fitting)));
    }

    private static Curve curve(String name) throws UnusableKey {
        return switch (name) {
            case "P-256" -> Curve.P_256;
            case "P-384" -> Curve.P_384;
            case "P-521" -> Curve.P_521;
            default -> throw new UnusableKey("curve P-256, P-384 or P-521");
        };
    }

    private static Base64URL canonical(String text) throws UnusableKey {
        if (text.isEmpty() || !Base64Url.isCanonical(text, 0, text.length())) {
            throw new UnusableKey("base64url without padding");
        }
        return new Base64URL(text);
    }
}
