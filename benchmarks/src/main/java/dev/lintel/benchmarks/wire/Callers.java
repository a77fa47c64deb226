package dev.lintel.benchmarks.wire;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** A hundred users with RS256 tokens that are good for a day. */
final class Callers {

    private static final int USERS = 100;

    private final List<String> tokens = new ArrayList<>();

    private Callers() {}

    /** Makes the tokens, and leaves the issuer's public key in the directory, as {@code issuer.json} and {@code issuer.pem}. */
    static Callers create(Path directory) throws IOException {
        try {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyID("k")
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            Files.writeString(
                    directory.resolve("issuer.json"), key.toPublicJWK().toJSONString());
            String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(key.toRSAPublicKey().getEncoded());
            Files.writeString(
                    directory.resolve("issuer.pem"),
                    "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
            Callers callers = new Callers();
            for (int user = 0; user < USERS; user++) {
                callers.tokens.add(token(key, "user-" + user));
            }
            return callers;
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String token(RSAKey key, String user) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://idp.example.com")
                        .audience("orders-api")
                        .subject(user)
                        .claim("roles", List.of("admin", "buyer"))
                        .expirationTime(Date.from(Instant.now().plusSeconds(86_400)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    List<String> tokens() {
        return tokens;
    }
}
