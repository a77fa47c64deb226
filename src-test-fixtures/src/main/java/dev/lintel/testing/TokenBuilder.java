package dev.lintel.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds one JWT, right or wrong. Begins with {@code sub} alice, {@code iat} now and {@code exp} in a minute. Header and
 * claims are written as given and in their order; nothing is checked. Not thread-safe.
 */
public final class TokenBuilder {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final InstantSource clock;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    private TestKey key;
    private @Nullable String rawPayload;

    private TokenBuilder(TestKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
        algorithm(key.algorithm());
        header("typ", "JWT");
        keyId(key.id());
        subject("alice");
        claim("iat", clock.instant().getEpochSecond());
        expiresIn(Duration.ofMinutes(1));
    }

    /** A token signed with that key, at the time of that clock; without {@code iss} and {@code aud}. */
    public static TokenBuilder with(TestKey key, InstantSource clock) {
        return new TokenBuilder(key, clock);
    }

    /** Sets {@code sub}. */
    public TokenBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /** Sets {@code iss}. */
    public TokenBuilder issuer(String issuer) {
        return claim("iss", issuer);
    }

    /** Sets {@code aud}: a text for one, a list for more. */
    public TokenBuilder audience(String... audience) {
        return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
    }

    /** Sets {@code exp} to so long after now; negative is in the past. */
    public TokenBuilder expiresIn(Duration time) {
        return expiresAt(clock.instant().plus(time));
    }

    /** Sets {@code exp}. */
    public TokenBuilder expiresAt(Instant time) {
        return claim("exp", time.getEpochSecond());
    }

    /** Sets {@code nbf}. */
    public TokenBuilder notBefore(Instant time) {
        return claim("nbf", time.getEpochSecond());
    }

    /** Sets a claim: text, number, boolean, list, map, or null for JSON's null. */
    public TokenBuilder claim(String name, @Nullable Object value) {
        claims.put(name, value);
        return this;
    }

    /** Leaves a claim out. */
    public TokenBuilder withoutClaim(String name) {
        claims.remove(name);
        return this;
    }

    /** Signs these characters (UTF-8) in place of the claims. */
    public TokenBuilder payload(String text) {
        rawPayload = text;
        return this;
    }

    /** Sets a header parameter: text, number, boolean, list, map, or null for JSON's null. */
    public TokenBuilder header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    /** Leaves a header parameter out, such as {@code kid} or {@code typ}. */
    public TokenBuilder withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    /** Sets {@code kid}. */
    public TokenBuilder keyId(String id) {
        return header("kid", id);
    }

    /** Sets {@code alg}, by which {@link #sign} then signs. */
    public TokenBuilder algorithm(String algorithm) {
        return header("alg", algorithm);
    }

    /** Signs with that key, and says so in {@code kid} and {@code alg}. */
    public TokenBuilder signedBy(TestKey signer) {
        return forgedBy(signer).keyId(signer.id()).algorithm(signer.algorithm());
    }

    /** Signs with that key, but leaves {@code kid} and {@code alg} as they are. */
    public TokenBuilder forgedBy(TestKey signer) {
        key = signer;
        return this;
    }

    /** The token, signed. */
    public String sign() {
        String input = input();
        String algorithm = String.valueOf(header.get("alg"));
        return input + "." + BASE64URL.encodeToString(key.sign(algorithm, input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The token with {@code alg} {@code none}, in that spelling, and an empty signature. */
    public String unsigned(String spellingOfNone) {
        return algorithm(spellingOfNone).input() + ".";
    }

    /** The token whose signature has been cut off after the second dot. */
    public String withoutSignature() {
        return input() + ".";
    }

    /** The token signed for other claims than it carries. */
    public String withForeignSignature() {
        String signed = TokenBuilder.with(key, clock).payload("{}").sign();
        return input() + signed.substring(signed.lastIndexOf('.'));
    }

    /** The token with one bit of its signature changed. */
    public String withBrokenSignature() {
        String token = sign();
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        byte[] broken = Arrays.copyOf(signature, signature.length);
        broken[broken.length / 2] ^= 1;
        return token.substring(0, dot + 1) + BASE64URL.encodeToString(broken);
    }

    /** HS256 with the text of a public key as its secret, the key of the confused verifier. */
    public String confusedWith(TestKey published) {
        return forgedBy(TestKey.secret(published.id(), published.publicPem()))
                .algorithm("HS256")
                .sign();
    }

    private String input() {
        String payload = rawPayload == null ? Json.of(claims) : rawPayload;
        return encode(Json.of(header)) + "." + encode(payload);
    }

    private static String encode(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
