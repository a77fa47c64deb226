package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.JwtAlgorithm.Family;
import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the options of a filter, all of them whatever was wrong before. */
final class OptionChecks {

    static final long MAX_CACHE = 1_000_000;

    private static final Duration MAX_LEEWAY = Duration.ofMinutes(2);

    private OptionChecks() {}

    /** The checked options; null if something was noted in {@code problems}. */
    static @Nullable JwtOptions check(JwtAuthFilterBuilder from, Problems problems) {
        Set<JwtAlgorithm> algorithms = algorithms(from, problems);
        claims(from, problems);
        problems.require(
                from.cacheSize >= 0 && from.cacheSize <= MAX_CACHE,
                "cacheSize",
                from.cacheSize,
                "0 to " + MAX_CACHE + " tokens");
        problems.require(
                from.maxTokenLength >= 256 && from.maxTokenLength <= 65_536,
                "maxTokenLength",
                from.maxTokenLength,
                "256 bytes to 64KiB");
        problems.require(
                isQuotable(from.realm), "realm", from.realm, "1 to 64 printable ASCII characters without \" and \\");
        List<ClaimHeader> forwarded = HeaderChecks.check(from, problems);
        KeyPlan keys = KeyChecks.check(from, algorithms, problems);
        if (keys == null || !problems.isEmpty()) {
            return null;
        }
        CallerRules callerRules = new CallerRules(
                from.subjectClaim,
                from.rolesClaim,
                from.scopeClaim == null ? List.of("scope", "scp") : List.of(from.scopeClaim),
                from.requiredScopes,
                from.requiredRoles,
                from.match,
                forwarded);
        return new JwtOptions(
                keys,
                algorithms,
                new ClaimRules(from.issuer, Set.copyOf(from.audience), from.leeway.toMillis()),
                callerRules,
                (int) from.maxTokenLength,
                from.optional,
                from.forwardToken,
                from.userIdHeader,
                from.userRoleHeader,
                new Refusals(from.realm, from.requiredScopes),
                from.cacheSize,
                from.keysBeforeReady,
                from.time.nanos());
    }

    private static Set<JwtAlgorithm> algorithms(JwtAuthFilterBuilder from, Problems problems) {
        boolean secret = from.secret != null || from.secretFile != null;
        if (from.algorithms.isEmpty()) {
            return secret
                    ? EnumSet.of(JwtAlgorithm.HS256)
                    : EnumSet.of(JwtAlgorithm.RS256, JwtAlgorithm.ES256, JwtAlgorithm.ES384, JwtAlgorithm.ES512);
        }
        EnumSet<JwtAlgorithm> algorithms = EnumSet.noneOf(JwtAlgorithm.class);
        for (String name : new LinkedHashSet<>(from.algorithms)) {
            JwtAlgorithm algorithm = JwtAlgorithm.named(name);
            if (algorithm == null) {
                problems.add("algorithms", name, "of RS, PS, ES and HS with 256, 384 or 512");
            } else if ((algorithm.family() == Family.HMAC) != secret) {
                problems.add(
                        "algorithms",
                        name,
                        secret ? "HS256, HS384 or HS512 with a secret" : "an HS algorithm only with a secret");
            } else {
                algorithms.add(algorithm);
            }
        }
        return algorithms;
    }

    private static void claims(JwtAuthFilterBuilder from, Problems problems) {
        problems.require(
                (from.issuer == null) == from.anyIssuer,
                "issuer",
                from.issuer == null ? "missing" : from.issuer,
                from.anyIssuer
                        ? "none with anyIssuer"
                        : "the exact iss of acceptable tokens, or anyIssuer for those of any");
        problems.require(
                from.audience.isEmpty() == from.anyAudience,
                "audience",
                from.audience.isEmpty() ? "missing" : from.audience,
                from.anyAudience
                        ? "none with anyAudience"
                        : "an acceptable aud of tokens, or anyAudience for those made for anybody");
        problems.require(
                !from.leeway.isNegative() && from.leeway.compareTo(MAX_LEEWAY) <= 0, "leeway", from.leeway, "0s to 2m");
        notBlank("subjectClaim", from.subjectClaim, problems);
        notBlank("rolesClaim", from.rolesClaim, problems);
        notBlank("scopeClaim", from.scopeClaim == null ? "scope" : from.scopeClaim, problems);
        from.audience.forEach(audience -> notBlank("audience", audience, problems));
        from.requiredRoles.forEach(role -> notBlank("requiredRoles", role, problems));
        for (String scope : from.requiredScopes) {
            problems.require(
                    isQuotable(scope) && scope.indexOf(' ') < 0,
                    "requiredScopes",
                    scope,
                    "names without spaces and quotes (RFC 6749 section 3.3)");
        }
    }

    private static void notBlank(String name, String value, Problems problems) {
        problems.require(!value.isBlank(), name, "\"" + value + "\"", "a text that is not blank");
    }

    private static boolean isQuotable(String text) {
        return !text.isEmpty()
                && text.length() <= 64
                && text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
    }
}
