package dev.lintel.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens: its keys at {@code /.well-known/jwks.json}, a token for whoever asks at
 * {@code /token?sub=alice&role=admin&ttl=60}. For a demonstration only: it believes everybody.
 */
final class DemoIssuer implements AutoCloseable {

    static final String AUDIENCE = "demo";

    private static final long MAX_TTL = 86_400;

    private final ECKey key;
    private final LocalServer server;

    private DemoIssuer(int port) throws JOSEException {
        this.key = new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyID("demo-1")
                .generate();
        this.server = LocalServer.start(port, this::answer);
    }

    static DemoIssuer start(int port) {
        try {
            return new DemoIssuer(port);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("issuer: no key (expected: P-256)", impossible);
        }
    }

    /** Its name, the {@code iss} of its tokens. */
    String url() {
        return server.url();
    }

    String keySet() {
        return url() + "/.well-known/jwks.json";
    }

    @Override
    public void close() {
        server.close();
    }

    private LocalServer.Answer answer(Request request) {
        return switch (String.valueOf(request.getHttpURI().getPath())) {
            case "/.well-known/jwks.json" ->
                new LocalServer.Answer(200, "application/json", new JWKSet(key.toPublicJWK()).toString());
            case "/token" -> token(Request.extractQueryParameters(request));
            default -> text(404, "try /token?sub=alice&role=admin&ttl=60 or /.well-known/jwks.json");
        };
    }

    private LocalServer.Answer token(Fields query) {
        String subject = query.getValue("sub");
        Long ttl = ttl(query.getValue("ttl"));
        if (subject == null || subject.isEmpty() || ttl == null) {
            return text(400, "sub: required; ttl: seconds, at most " + MAX_TTL + ", negative for an expired token");
        }
        try {
            return text(200, sign(subject, query.getValue("role"), ttl));
        } catch (JOSEException failed) {
            return text(500, "the token could not be signed");
        }
    }

    private String sign(String subject, @Nullable String role, long ttl) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject(subject)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(ttl)));
        if (role != null) {
            claims.claim("roles", List.of(role));
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims.build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static @Nullable Long ttl(@Nullable String text) {
        try {
            long ttl = text == null ? 60 : Long.parseLong(text);
            return Math.abs(ttl) <= MAX_TTL ? ttl : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static LocalServer.Answer text(int status, String text) {
        return new LocalServer.Answer(status, "text/plain", text);
    }
}
