package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.JwtAlgorithm.Family;
import dev.lintel.option.Problems;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the options of a filter, all of them whatever was wrong before. */
final class OptionChecks {

    private OptionChecks() {}

    /** The checked options; null if something was noted in {@code problems}. */
    static @Nullable JwtOptions check(JwtAuthFilterBuilder from, Problems problems) {
        Set<JwtAlgorithm> algorithms = algorithms(from, problems);
        claims(from, problems);
        JwtCatalogue.CACHE_SIZE.check(from.cacheSize, problems);
        JwtCatalogue.MAX_TOKEN_LENGTH.check(from.maxTokenLength, problems);
        JwtCatalogue.REALM.check(from.realm, problems);
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
                JwtCatalogue.ALGORITHMS.check(List.of(name), problems);
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
                from.audience.isEmpty() == from.anyAudience || problems.mention("audience"),
                "audience",
                from.audience.isEmpty() ? "missing" : from.audience,
                from.anyAudience
                        ? "none with anyAudience"
                        : "an acceptable aud of tokens, or anyAudience for those made for anybody");
        JwtCatalogue.LEEWAY.check(from.leeway, problems);
        JwtCatalogue.SUBJECT_CLAIM.check(from.subjectClaim, problems);
        JwtCatalogue.ROLES_CLAIM.check(from.rolesClaim, problems);
        if (from.scopeClaim != null) {
            JwtCatalogue.SCOPE_CLAIM.check(from.scopeClaim, problems);
        }
        JwtCatalogue.AUDIENCE.check(from.audience, problems);
        JwtCatalogue.REQUIRED_ROLES.check(from.requiredRoles, problems);
        JwtCatalogue.REQUIRED_SCOPES.check(from.requiredScopes, problems);
    }
}
