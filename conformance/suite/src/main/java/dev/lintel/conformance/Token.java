package dev.lintel.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The token of a row, right or wrong, as compact text and in parts. Immutable. */
final class Token {

    /** The time by which the gateway judges tokens; it stands still. */
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final String ISSUER = "https://issuer.example";
    static final String OTHER_ISSUER = "https://other-issuer.example";
    static final String AUDIENCE = "orders";

    static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"rsa-1\"}";

    private final String header;
    private final String claims;
    private final String signature;

    private Token(String header, String claims, String signature) {
        this.header = header;
        this.claims = claims;
        this.signature = signature;
    }

    /** A good token of that subject. */
    static Token of(String subject) {
        return of(HEADER, claimsOf(subject), "rsa");
    }

    /**
     * A token.
     *
     * @param header the text of its header
     * @param claims the text of its payload
     * @param signed {@code none}, {@code other} (the signature of another token),
     *     {@code malleable} (the right one with a bit set that means nothing), {@code text:...} (that text), or as
     *     {@link Keys#sign} says
     */
    static Token of(String header, String claims, String signed) {
        String first = encode(header);
        String second = encode(claims);
        if (signed.equals("none")) {
            return new Token(first, second, "");
        }
        if (signed.startsWith("text:")) {
            return new Token(first, second, signed.substring(5));
        }
        if (signed.equals("malleable")) {
            // 256 bytes leave four bits of the last character without a meaning
            String good = of(header, claims, "rsa").signature;
            char last = (char) (good.charAt(good.length() - 1) + 1);
            return new Token(first, second, good.substring(0, good.length() - 1) + last);
        }
        if (signed.equals("other")) {
            return new Token(first, second, of("mallory").signature);
        }
        return new Token(first, second, Keys.base64Url(Keys.sign(signed, first + "." + second)));
    }

    static String claimsOf(String subject) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"" + subject + "\",\"exp\":"
                + NOW.plusSeconds(60).getEpochSecond() + "}";
    }

    /** What {@code now+60} and the like stand for. */
    static String time(String expression) {
        String shift = expression.substring("now".length());
        long seconds = shift.isEmpty() ? 0 : Long.parseLong(shift);
        return Long.toString(NOW.plusSeconds(seconds).getEpochSecond());
    }

    private static String encode(String text) {
        return Keys.base64Url(text.getBytes(StandardCharsets.UTF_8));
    }

    String header() {
        return header;
    }

    String claims() {
        return claims;
    }

    String signature() {
        return signature;
    }

    /** Three parts with dots. */
    String compact() {
        return header + "." + claims + "." + signature;
    }
}
