package dev.lintel.filters.jwt;

import dev.lintel.option.OptionReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads the options that are given as text, under the names of the builder's methods. */
final class OptionTexts {

    private OptionTexts() {}

    /** What the texts say; what they do not, keeps its default. Problems are noted at the reader. */
    static JwtAuthFilterBuilder read(OptionReader options) {
        JwtAuthFilterBuilder builder = new JwtAuthFilterBuilder();
        options.text("issuer").ifPresent(builder::issuer);
        builder.anyIssuer(options.flag("anyIssuer", builder.anyIssuer));
        builder.audience(list(options, "audience"));
        builder.anyAudience(options.flag("anyAudience", builder.anyAudience));
        options.text("jwksUri").ifPresent(builder::jwksUri);
        options.text("discovery").ifPresent(builder::discovery);
        options.text("publicKey").ifPresent(builder::publicKey);
        file(options, "publicKeyFile", builder::publicKeyFile);
        options.text("secret").ifPresent(builder::secret);
        file(options, "secretFile", builder::secretFile);
        builder.algorithms(list(options, "algorithms"));
        builder.leeway(options.duration("leeway", builder.leeway));
        builder.requiredScopes(list(options, "requiredScopes"));
        builder.requiredRoles(list(options, "requiredRoles"));
        builder.match(options.choice("match", Match.class, builder.match));
        builder.rolesClaim(options.text("rolesClaim", builder.rolesClaim));
        options.text("scopeClaim").ifPresent(builder::scopeClaim);
        builder.subjectClaim(options.text("subjectClaim", builder.subjectClaim));
        options.text("userIdHeader").ifPresent(builder::userIdHeader);
        options.text("userRoleHeader").ifPresent(builder::userRoleHeader);
        builder.forwardClaims(list(options, "forwardClaims"));
        builder.forwardToken(options.flag("forwardToken", builder.forwardToken));
        builder.optional(options.flag("optional", builder.optional));
        builder.realm(options.text("realm", builder.realm));
        builder.cacheSize(options.number("cacheSize", builder.cacheSize, 0, OptionChecks.MAX_CACHE));
        builder.maxTokenLength(options.size("maxTokenLength", builder.maxTokenLength));
        builder.jwksRefresh(options.duration("jwksRefresh", builder.jwksRefresh));
        builder.jwksMaxAge(options.duration("jwksMaxAge", builder.jwksMaxAge));
        builder.jwksTimeout(options.duration("jwksTimeout", builder.jwksTimeout));
        builder.allowInsecureJwksUri(options.flag("allowInsecureJwksUri", builder.allowInsecureJwksUri));
        builder.keysBeforeReady(options.flag("keysBeforeReady", builder.keysBeforeReady));
        return builder;
    }

    private static String[] list(OptionReader options, String name) {
        List<String> parts = options.list(name);
        return parts.toArray(String[]::new);
    }

    private static void file(OptionReader options, String name, Consumer<Path> setter) {
        options.text(name).ifPresent(text -> {
            try {
                setter.accept(Path.of(text));
            } catch (InvalidPathException e) {
                options.problems().add(name, text, "the path of a file");
            }
        });
    }
}
