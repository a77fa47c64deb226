package dev.lintel.filters.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.option.Problems;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An RS256 key, the gate that knows it, and tokens as an issuer would make them. */
final class SampleTokens {

    private final RSAKey key;

    SampleTokens() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k").algorithm(JWSAlgorithm.RS256).generate();
    }

    /** A gate with these tokens' key. */
    TokenGate gate(long cacheSize, long maxTokenLength) {
        JwtAuthFilterBuilder options = JwtAuthFilter.builder()
                .issuer("https://idp.example.com")
                .audience("orders-api")
                .publicKey(key.toPublicJWK().toJSONString())
                .algorithms("RS256")
                .cacheSize(cacheSize)
                .maxTokenLength(maxTokenLength);
        JwtOptions checked = OptionChecks.check(options, new Problems());
        if (checked == null) {
            throw new IllegalStateException("options: refused (expected: valid ones)");
        }
        return new TokenGate(checked);
    }

    /** The value of {@code Authorization} with a token of this key, good for an hour. */
    String line(String subject, String keyId, String name) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://idp.example.com")
                        .audience("orders-api")
                        .subject(subject)
                        .claim("roles", List.of("admin", "buyer"))
                        .claim("name", name)
                        .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                        .build());
        token.sign(new RSASSASigner(key));
        return "Bearer " + token.serialize();
    }
}
