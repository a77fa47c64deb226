package dev.lintel.filters.jwt;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a {@link JwtAuthFilter} can be told. */
final class JwtCatalogue {

    static final Option<String> ISSUER =
            Option.text("issuer", "what `iss` must be, to the letter").orInWords("required, or `anyIssuer`");
    static final Option<Boolean> ANY_ISSUER =
            Option.flag("anyIssuer", false, "accept whatever `iss` says, in place of `issuer`");
    static final Option<List<String>> AUDIENCE = notBlank(
                    "audience", "texts", "`aud` must hold one of these, to the letter")
            .orInWords("required, or `anyAudience`");
    static final Option<Boolean> ANY_AUDIENCE =
            Option.flag("anyAudience", false, "accept tokens made for anybody, in place of `audience`");
    static final Option<String> JWKS_URI = url("jwksUri", "where the key set is");
    static final Option<String> DISCOVERY = url(
                    "discovery",
                    "where the issuer's discovery document is; used when no other source of keys is given. Its `issuer` must"
                            + " equal `issuer`")
            .orInWords("`/.well-known/openid-configuration` below `issuer`");
    static final Option<String> PUBLIC_KEY =
            Option.text("publicKey", "PEM (`PUBLIC KEY`, `RSA PUBLIC KEY`, `CERTIFICATE`), a JWK or a JWK set");
    static final Option<Path> PUBLIC_KEY_FILE =
            Option.file("publicKeyFile", "the same from a file, read again when it changes");
    static final Option<String> SECRET = Option.text(
                    "secret",
                    "a shared secret of at least 32, 48 or 64 bytes for HS256, HS384 or HS512; or a JWK or JWK set of type"
                            + " `oct`, for bytes that are no text and for two secrets at once")
            .secret();
    static final Option<Path> SECRET_FILE = Option.file(
            "secretFile", "the same from a file, read again when it changes; one line end after it does not count");
    static final Option<List<String>> ALGORITHMS = Option.list(
                    "algorithms",
                    "algorithms",
                    "of " + names(),
                    name -> JwtAlgorithm.named(name) != null,
                    "of RS, PS, ES and HS with 256, 384 and 512. A key is used with those that fit its type, its curve and its"
                            + " `alg`")
            .orInWords("HS256 with a secret, else RS256, ES256, ES384, ES512");
    static final Option<Duration> LEEWAY = Option.duration(
                    "leeway", Duration.ZERO, Duration.ofMinutes(2), "how far the issuer's clock may be off")
            .or(Duration.ofSeconds(30));
    static final Option<List<String>> REQUIRED_SCOPES = Option.list(
            "requiredScopes",
            "scopes",
            "names without spaces and quotes (RFC 6749 section 3.3)",
            scope -> isQuotable(scope) && scope.indexOf(' ') < 0,
            "scopes that a caller must have");
    static final Option<List<String>> REQUIRED_ROLES =
            notBlank("requiredRoles", "roles", "roles that a caller must have");
    static final Option<Match> MATCH = Option.choice(
                    "match", Match.class, "with `any`, one of the scopes and one of the roles are enough")
            .or(Match.ALL);
    static final Option<String> SUBJECT_CLAIM = claim("subjectClaim", "the caller's id; a token without it is refused")
            .or("sub");
    static final Option<String> ROLES_CLAIM =
            claim("rolesClaim", "an array of roles, or a text that is one role").or("roles");
    static final Option<String> SCOPE_CLAIM = claim("scopeClaim", "a text of scopes with spaces between, or an array")
            .orInWords("`scope`, or `scp` if there is none");
    static final Option<String> USER_ID_HEADER = Option.text(
                    "userIdHeader", "field name", "a text", any -> true, "where services find the caller's id")
            .orInWords("the gateway's, `X-User-ID`");
    static final Option<String> USER_ROLE_HEADER = Option.text(
                    "userRoleHeader", "field name", "a text", any -> true, "where they find the roles, joined with `,`")
            .orInWords("the gateway's, `X-User-Role`");
    static final Option<List<String>> FORWARD_CLAIMS = Option.list(
            "forwardClaims",
            "`claim:Header-Name`",
            "claim:Header-Name",
            pair -> pair.lastIndexOf(':') > 0,
            "further claims for services: text, whole numbers, true and false, arrays of text");
    static final Option<Boolean> FORWARD_TOKEN = Option.flag("forwardToken", false, "whether services get the token");
    static final Option<Boolean> OPTIONAL = Option.flag(
            "optional",
            false,
            "whether a request without a token passes, as nobody's; a bad token is refused all the same");
    static final Option<String> REALM = Option.text(
                    "realm",
                    "text",
                    "1 to 64 printable ASCII characters without \" and \\",
                    JwtCatalogue::isQuotable,
                    "the realm in challenges")
            .or("gateway");
    static final Option<Long> CACHE_SIZE = Option.number(
                    "cacheSize",
                    0,
                    1_000_000,
                    "how many verified tokens are remembered; a token of more than 1 KiB counts once for each KiB; `0` for"
                            + " none")
            .or(10_000L);
    static final Option<Long> MAX_TOKEN_LENGTH = Option.size(
                    "maxTokenLength", 256, 64 << 10, "longer tokens are refused unread")
            .or(8L << 10);
    static final Option<Duration> JWKS_REFRESH = Option.duration(
                    "jwksRefresh", Duration.ofSeconds(10), Duration.ofHours(1), "how often the key set is fetched")
            .or(Duration.ofMinutes(5));
    static final Option<Duration> JWKS_MAX_AGE = Option.duration(
                    "jwksMaxAge",
                    Duration.ofSeconds(10),
                    Duration.ofHours(24),
                    "how long keys are used when fetches fail; at least `jwksRefresh`")
            .or(Duration.ofHours(1));
    static final Option<Duration> JWKS_TIMEOUT = Option.duration(
                    "jwksTimeout",
                    Duration.ofMillis(100),
                    Duration.ofSeconds(30),
                    "how long one answer of the issuer may take")
            .or(Duration.ofSeconds(5));
    static final Option<Boolean> ALLOW_INSECURE_JWKS_URI = Option.flag(
            "allowInsecureJwksUri",
            false,
            "whether keys may come over plain HTTP from another machine; from this one they always may");
    static final Option<Boolean> KEYS_BEFORE_READY = Option.flag(
            "keysBeforeReady",
            false,
            "whether `/ready` of a [server](../server.md) says 503 until the first fetch of keys has succeeded. An issuer that"
                    + " fails later changes nothing");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "jwt",
            "lets requests pass that carry a valid JSON Web Token",
            ISSUER,
            ANY_ISSUER,
            AUDIENCE,
            ANY_AUDIENCE,
            JWKS_URI,
            DISCOVERY,
            PUBLIC_KEY,
            PUBLIC_KEY_FILE,
            SECRET,
            SECRET_FILE,
            ALGORITHMS,
            LEEWAY,
            REQUIRED_SCOPES,
            REQUIRED_ROLES,
            MATCH,
            SUBJECT_CLAIM,
            ROLES_CLAIM,
            SCOPE_CLAIM,
            USER_ID_HEADER,
            USER_ROLE_HEADER,
            FORWARD_CLAIMS,
            FORWARD_TOKEN,
            OPTIONAL,
            REALM,
            CACHE_SIZE,
            MAX_TOKEN_LENGTH,
            JWKS_REFRESH,
            JWKS_MAX_AGE,
            JWKS_TIMEOUT,
            ALLOW_INSECURE_JWKS_URI,
            KEYS_BEFORE_READY);

    private JwtCatalogue() {}

    private static Option<String> url(String name, String meaning) {
        return Option.text(name, "URL", KeyLocation.RULE, text -> KeyLocation.parse(text, true) != null, meaning);
    }

    private static Option<String> claim(String name, String meaning) {
        return Option.text(name, "claim", "a text that is not blank", text -> !text.isBlank(), meaning);
    }

    private static Option<List<String>> notBlank(String name, String word, String meaning) {
        return Option.list(name, word, "a text that is not blank", text -> !text.isBlank(), meaning);
    }

    private static boolean isQuotable(String text) {
        return !text.isEmpty()
                && text.length() <= 64
                && text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
    }

    private static String names() {
        return String.join(
                ", ", Arrays.stream(JwtAlgorithm.values()).map(Enum::name).toList());
    }
}
