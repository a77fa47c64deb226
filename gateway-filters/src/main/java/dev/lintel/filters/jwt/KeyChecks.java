package dev.lintel.filters.jwt;

import dev.lintel.option.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks where keys are to come from, and reads those that are given. */
final class KeyChecks {

    private static final int MAX_FILE = 1024 * 1024;

    private static final String SECRET = "not shown";

    private KeyChecks() {}

    /** The plan; null if there is none. */
    static @Nullable KeyPlan check(JwtAuthFilterBuilder from, Set<JwtAlgorithm> algorithms, Problems problems) {
        List<String> sources = sources(from);
        if (sources.size() > 1) {
            problems.add(String.join(", ", sources), "given together", "one source of keys");
            return null;
        }
        if (algorithms.isEmpty()) {
            return null;
        }
        if (from.publicKey != null) {
            return publicKeys("publicKey", "not shown", from.publicKey, algorithms, problems);
        }
        if (from.publicKeyFile != null) {
            String text = read("publicKeyFile", from.publicKeyFile, problems);
            return text == null ? null : publicKeys("publicKeyFile", from.publicKeyFile, text, algorithms, problems);
        }
        if (from.secret != null) {
            return secrets("secret", SECRET, from.secret, from, algorithms, problems);
        }
        if (from.secretFile != null) {
            String text = read("secretFile", from.secretFile, problems);
            return text == null
                    ? null
                    : secrets("secretFile", from.secretFile, withoutLineEnd(text), from, algorithms, problems);
        }
        return remote(from, algorithms, problems);
    }

    private static List<String> sources(JwtAuthFilterBuilder from) {
        List<String> sources = new ArrayList<>();
        note(sources, "jwksUri", from.jwksUri);
        note(sources, "discovery", from.discovery);
        note(sources, "publicKey", from.publicKey);
        note(sources, "publicKeyFile", from.publicKeyFile);
        note(sources, "secret", from.secret);
        note(sources, "secretFile", from.secretFile);
        return sources;
    }

    private static void note(List<String> sources, String name, @Nullable Object value) {
        if (value != null) {
            sources.add(name);
        }
    }

    private static @Nullable KeyPlan publicKeys(
            String option, Object shown, String text, Set<JwtAlgorithm> algorithms, Problems problems) {
        try {
            if (PemReader.looksLikePem(text)) {
                return fixed(new PemReader(algorithms).read(text));
            }
            JwkReader.Keys read = new JwkReader(algorithms).read(text.getBytes(StandardCharsets.UTF_8));
            if (!read.keys().isEmpty()) {
                return fixed(read.keys());
            }
            problems.add(option, shown, "at least one usable key: " + String.join("; ", read.ignored()));
        } catch (UnusableKey e) {
            problems.add(option, shown, e.rule());
        }
        return null;
    }

    private static @Nullable KeyPlan secrets(
            String option,
            Object shown,
            String text,
            JwtAuthFilterBuilder from,
            Set<JwtAlgorithm> algorithms,
            Problems problems) {
        if (text.equals(from.issuer) || from.audience.contains(text) || text.equals(from.realm)) {
            problems.add(option, shown, "secret that cannot be guessed");
            return null;
        }
        try {
            return fixed(new SecretReader(algorithms).read(text));
        } catch (UnusableKey e) {
            problems.add(option, shown, e.rule());
            return null;
        }
    }

    private static KeyPlan fixed(List<VerificationKey> keys) {
        return new KeyPlan.Fixed(FixedKeys.of(keys));
    }

    private static @Nullable KeyPlan remote(
            JwtAuthFilterBuilder from, Set<JwtAlgorithm> algorithms, Problems problems) {
        range("jwksRefresh", from.jwksRefresh, Duration.ofSeconds(10), Duration.ofHours(1), "10s to 1h", problems);
        range("jwksMaxAge", from.jwksMaxAge, from.jwksRefresh, Duration.ofHours(24), "jwksRefresh to 24h", problems);
        range(
                "jwksTimeout",
                from.jwksTimeout,
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                "100ms to 30s",
                problems);
        String issuer = null;
        String option = "jwksUri";
        String text = from.jwksUri;
        if (text == null) {
            issuer = from.issuer;
            if (issuer == null) {
                problems.add(
                        "jwksUri",
                        "missing",
                        "a source of keys: jwksUri, publicKey, publicKeyFile, secret or secretFile, or an issuer to discover them from");
                return null;
            }
            option = from.discovery == null ? "issuer" : "discovery";
            text = from.discovery == null ? KeyLocation.discoveryOf(issuer) : from.discovery;
        }
        URI uri = KeyLocation.parse(text, from.allowInsecureJwksUri);
        if (uri == null) {
            problems.add(option, text, KeyLocation.RULE);
            return null;
        }
        return new KeyPlan.Remote(new RemoteSpec(
                uri,
                issuer,
                algorithms,
                from.jwksRefresh,
                from.jwksMaxAge,
                from.jwksTimeout,
                from.allowInsecureJwksUri,
                from.time.nanos()));
    }

    private static void range(
            String option, Duration value, Duration least, Duration most, String rule, Problems problems) {
        problems.require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, option, value, rule);
    }

    private static @Nullable String read(String option, Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length <= MAX_FILE) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            // Told below, in the same words as a file that is too large.
        }
        problems.add(option, file, "a readable file of at most 1MiB");
        return null;
    }

    /** Editors end a file with a line end, which nobody means to be part of a secret. */
    private static String withoutLineEnd(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > 0 && end < text.length() && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(0, end);
    }
}
