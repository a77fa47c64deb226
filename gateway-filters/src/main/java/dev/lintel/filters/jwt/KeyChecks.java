package dev.lintel.filters.jwt;

import dev.lintel.option.Problems;
import dev.lintel.option.Units;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks where keys are to come from, and reads those that are given. */
final class KeyChecks {

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
        KeyText publicKeys = KeyText.publicKeys(algorithms);
        KeyText secrets = KeyText.secrets(algorithms, guesses(from));
        if (from.publicKey != null) {
            return given("publicKey", from.publicKey, publicKeys, problems);
        }
        if (from.publicKeyFile != null) {
            return watched("publicKeyFile", new KeyFile(from.publicKeyFile, publicKeys), problems);
        }
        if (from.secret != null) {
            return given("secret", from.secret, secrets, problems);
        }
        if (from.secretFile != null) {
            return watched("secretFile", new KeyFile(from.secretFile, secrets.withoutLineEnd()), problems);
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

    private static Set<String> guesses(JwtAuthFilterBuilder from) {
        Set<String> guesses = new HashSet<>(from.audience);
        guesses.add(from.realm);
        if (from.issuer != null) {
            guesses.add(from.issuer);
        }
        return Set.copyOf(guesses);
    }

    private static @Nullable KeyPlan given(String option, String text, KeyText reading, Problems problems) {
        try {
            return new KeyPlan.Fixed(FixedKeys.of(reading.read(text)));
        } catch (UnusableKey e) {
            problems.add(option, "not shown", e.rule());
            return null;
        }
    }

    private static @Nullable KeyPlan watched(String option, KeyFile file, Problems problems) {
        try {
            KeyFile.Version version = file.version();
            return new KeyPlan.Watched(file, version, file.read());
        } catch (IOException e) {
            problems.add(option, file.path(), KeyFile.RULE);
        } catch (UnusableKey e) {
            problems.add(option, file.path(), e.rule());
        }
        return null;
    }

    private static @Nullable KeyPlan remote(
            JwtAuthFilterBuilder from, Set<JwtAlgorithm> algorithms, Problems problems) {
        JwtCatalogue.JWKS_REFRESH.check(from.jwksRefresh, problems);
        boolean aged = JwtCatalogue.JWKS_MAX_AGE.check(from.jwksMaxAge, problems);
        problems.require(
                !aged || from.jwksMaxAge.compareTo(from.jwksRefresh) >= 0,
                "jwksMaxAge",
                Units.text(from.jwksMaxAge),
                "jwksRefresh or more");
        JwtCatalogue.JWKS_TIMEOUT.check(from.jwksTimeout, problems);
        String issuer = null;
        String option = "jwksUri";
        String text = from.jwksUri;
        if (text == null) {
            issuer = from.issuer;
            if (issuer == null) {
                problems.require(
                        problems.mention("jwksUri") || problems.mention("discovery"),
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
}
