package dev.lintel.filters.jwt;

import dev.lintel.option.OptionReader;

/** Reads the options that are given as text, under the names of the builder's methods. */
final class OptionTexts {

    private OptionTexts() {}

    /** What the texts say; what they do not, keeps its default. Problems are noted at the reader. */
    static JwtAuthFilterBuilder read(OptionReader options) {
        JwtAuthFilterBuilder builder = new JwtAuthFilterBuilder();
        options.given(JwtCatalogue.ISSUER).ifPresent(builder::issuer);
        builder.anyIssuer(options.value(JwtCatalogue.ANY_ISSUER));
        builder.audience(options.value(JwtCatalogue.AUDIENCE).toArray(String[]::new));
        builder.anyAudience(options.value(JwtCatalogue.ANY_AUDIENCE));
        options.given(JwtCatalogue.JWKS_URI).ifPresent(builder::jwksUri);
        options.given(JwtCatalogue.DISCOVERY).ifPresent(builder::discovery);
        options.given(JwtCatalogue.PUBLIC_KEY).ifPresent(builder::publicKey);
        options.given(JwtCatalogue.PUBLIC_KEY_FILE).ifPresent(builder::publicKeyFile);
        options.given(JwtCatalogue.SECRET).ifPresent(builder::secret);
        options.given(JwtCatalogue.SECRET_FILE).ifPresent(builder::secretFile);
        builder.algorithms(options.value(JwtCatalogue.ALGORITHMS).toArray(String[]::new));
        builder.leeway(options.value(JwtCatalogue.LEEWAY));
        builder.requiredScopes(options.value(JwtCatalogue.REQUIRED_SCOPES).toArray(String[]::new));
        builder.requiredRoles(options.value(JwtCatalogue.REQUIRED_ROLES).toArray(String[]::new));
        builder.match(options.value(JwtCatalogue.MATCH));
        builder.rolesClaim(options.value(JwtCatalogue.ROLES_CLAIM));
        options.given(JwtCatalogue.SCOPE_CLAIM).ifPresent(builder::scopeClaim);
        builder.subjectClaim(options.value(JwtCatalogue.SUBJECT_CLAIM));
        options.given(JwtCatalogue.USER_ID_HEADER).ifPresent(builder::userIdHeader);
        options.given(JwtCatalogue.USER_ROLE_HEADER).ifPresent(builder::userRoleHeader);
        builder.forwardClaims(options.value(JwtCatalogue.FORWARD_CLAIMS).toArray(String[]::new));
        builder.forwardToken(options.value(JwtCatalogue.FORWARD_TOKEN));
        builder.optional(options.value(JwtCatalogue.OPTIONAL));
        builder.realm(options.value(JwtCatalogue.REALM));
        builder.cacheSize(options.value(JwtCatalogue.CACHE_SIZE));
        builder.maxTokenLength(options.value(JwtCatalogue.MAX_TOKEN_LENGTH));
        builder.jwksRefresh(options.value(JwtCatalogue.JWKS_REFRESH));
        builder.jwksMaxAge(options.value(JwtCatalogue.JWKS_MAX_AGE));
        builder.jwksTimeout(options.value(JwtCatalogue.JWKS_TIMEOUT));
        builder.allowInsecureJwksUri(options.value(JwtCatalogue.ALLOW_INSECURE_JWKS_URI));
        builder.keysBeforeReady(options.value(JwtCatalogue.KEYS_BEFORE_READY));
        return builder;
    }
}
