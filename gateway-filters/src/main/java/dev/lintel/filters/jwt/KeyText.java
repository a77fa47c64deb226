package dev.lintel.filters.jwt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** How the keys of a filter are read from text, be it an option's or a file's. Thread-safe. */
@FunctionalInterface
interface KeyText {

    /**
     * The keys, at least one.
     *
     * @throws UnusableKey if there is none that may be used
     */
    List<VerificationKey> read(String text) throws UnusableKey;

    /** PEM, a JWK or a JWK set. */
    static KeyText publicKeys(Set<JwtAlgorithm> algorithms) {
        return text -> {
            if (PemReader.looksLikePem(text)) {
                return new PemReader(algorithms).read(text);
            }
            JwkReader.Keys read = new JwkReader(algorithms).read(text.getBytes(StandardCharsets.UTF_8));
            if (read.keys().isEmpty()) {
                throw new UnusableKey("at least one usable key: " + String.join("; ", read.ignored()));
            }
            return read.keys();
        };
    }

    /**
     * Shared secrets.
     *
     * @param guesses texts that anybody would try first, such as the issuer's name
     */
    static KeyText secrets(Set<JwtAlgorithm> algorithms, Set<String> guesses) {
        return text -> {
            if (guesses.contains(text)) {
                throw new UnusableKey("secret that cannot be guessed");
            }
            return new SecretReader(algorithms).read(text);
        };
    }

    /** The same without one line end after the text: editors write one that nobody means to be part of a secret. */
    default KeyText withoutLineEnd() {
        return text -> {
            int end = text.length();
            if (end > 0 && text.charAt(end - 1) == '\n') {
                end--;
            }
            if (end > 0 && end < text.length() && text.charAt(end - 1) == '\r') {
                end--;
            }
            return read(text.substring(0, end));
        };
    }
}
