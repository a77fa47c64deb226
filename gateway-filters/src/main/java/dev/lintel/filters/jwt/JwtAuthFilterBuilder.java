package dev.lintel.filters.jwt;

import static java.util.Objects.requireNonNull;

import dev.lintel.Time;
import dev.lintel.option.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a {@link JwtAuthFilter}. Every method has the name of the init-param for the same option.
 * Nothing is checked before {@link #build}, which reports all problems at once. Not thread-safe.
 */
public final class JwtAuthFilterBuilder {

    @Nullable
    String issuer;

    boolean anyIssuer;
    List<String> audience = List.of();
    boolean anyAudience;

    @Nullable
    String jwksUri;

    @Nullable
    String discovery;

    @Nullable
    String publicKey;

    @Nullable
    Path publicKeyFile;

    @Nullable
    String secret;

    @Nullable
    Path secretFile;

    List<String> algorithms = List.of();
    Duration leeway = JwtCatalogue.LEEWAY.otherwise();
    List<String> requiredScopes = List.of();
    List<String> requiredRoles = List.of();
    Match match = JwtCatalogue.MATCH.otherwise();
    String rolesClaim = JwtCatalogue.ROLES_CLAIM.otherwise();

    @Nullable
    String scopeClaim;

    String subjectClaim = JwtCatalogue.SUBJECT_CLAIM.otherwise();

    @Nullable
    String userIdHeader;

    @Nullable
    String userRoleHeader;

    List<String> forwardClaims = List.of();
    boolean forwardToken;
    boolean optional;
    String realm = JwtCatalogue.REALM.otherwise();
    long cacheSize = JwtCatalogue.CACHE_SIZE.otherwise();
    long maxTokenLength = JwtCatalogue.MAX_TOKEN_LENGTH.otherwise();
    Duration jwksRefresh = JwtCatalogue.JWKS_REFRESH.otherwise();
    Duration jwksMaxAge = JwtCatalogue.JWKS_MAX_AGE.otherwise();
    Duration jwksTimeout = JwtCatalogue.JWKS_TIMEOUT.otherwise();
    boolean allowInsecureJwksUri;
    boolean keysBeforeReady;
    Time time = Time.system();

    JwtAuthFilterBuilder() {}

    /** The only acceptable {@code iss}, compared to the letter (RFC 8725 section 3.8). Required unless {@link #anyIssuer}. */
    public JwtAuthFilterBuilder issuer(String issuer) {
        this.issuer = requireNonNull(issuer, "issuer");
        return this;
    }

    /** Whether tokens of every issuer that signs with the configured keys are accepted. Default: no. */
    public JwtAuthFilterBuilder anyIssuer(boolean any) {
        this.anyIssuer = any;
        return this;
    }

    /** Acceptable audiences, of which {@code aud} must hold at least one. Required unless {@link #anyAudience}. */
    public JwtAuthFilterBuilder audience(String... audience) {
        this.audience = List.of(audience);
        return this;
    }

    /** Whether tokens made for somebody else are accepted too. Default: no. */
    public JwtAuthFilterBuilder anyAudience(boolean any) {
        this.anyAudience = any;
        return this;
    }

    /** Where the key set is. Of this and the other sources of keys at most one; with none, discovery from the issuer. */
    public JwtAuthFilterBuilder jwksUri(String uri) {
        this.jwksUri = requireNonNull(uri, "uri");
        return this;
    }

    /** Where the discovery document is, if not at {@code /.well-known/openid-configuration} below the issuer. */
    public JwtAuthFilterBuilder discovery(String uri) {
        this.discovery = requireNonNull(uri, "uri");
        return this;
    }

    /** Public keys as text: PEM, a JWK or a JWK set. */
    public JwtAuthFilterBuilder publicKey(String pemOrJwk) {
        this.publicKey = requireNonNull(pemOrJwk, "pemOrJwk");
        return this;
    }

    /**
     * A file that holds what {@link #publicKey} takes. Read when the filter is built, and again within five seconds of a
     * change; a change that cannot be used is logged, and the keys from before are kept.
     */
    public JwtAuthFilterBuilder publicKeyFile(Path file) {
        this.publicKeyFile = requireNonNull(file, "file");
        return this;
    }

    /**
     * A shared secret: text, whose UTF-8 bytes count, or a JWK or JWK set of type {@code oct}. At least as many bytes as
     * the algorithm's hash: 32, 48 or 64.
     */
    public JwtAuthFilterBuilder secret(String secret) {
        this.secret = requireNonNull(secret, "secret");
        return this;
    }

    /** A file that holds what {@link #secret} takes, read like {@link #publicKeyFile}; one line end after it does not count. */
    public JwtAuthFilterBuilder secretFile(Path file) {
        this.secretFile = requireNonNull(file, "file");
        return this;
    }

    /**
     * The algorithms that tokens may be signed with, of RS, PS, ES and HS with 256, 384 or 512. Default: HS256 with a
     * secret, else RS256, ES256, ES384 and ES512, so that each key has one.
     */
    public JwtAuthFilterBuilder algorithms(String... algorithms) {
        this.algorithms = List.of(algorithms);
        return this;
    }

    /** How far the issuer's clock may be off, 0 to 2 minutes. Default: 30 seconds. */
    public JwtAuthFilterBuilder leeway(Duration leeway) {
        this.leeway = requireNonNull(leeway, "leeway");
        return this;
    }

    /** Scopes that a caller must have, else 403. Default: none. */
    public JwtAuthFilterBuilder requiredScopes(String... scopes) {
        this.requiredScopes = List.of(scopes);
        return this;
    }

    /** Roles that a caller must have, else 403. Default: none. */
    public JwtAuthFilterBuilder requiredRoles(String... roles) {
        this.requiredRoles = List.of(roles);
        return this;
    }

    /** Whether one of the required scopes and one of the required roles are enough. Default: all of them are needed. */
    public JwtAuthFilterBuilder match(Match match) {
        this.match = requireNonNull(match, "match");
        return this;
    }

    /** The claim, or path such as {@code realm_access.roles}, with the roles. Default: {@code roles}. */
    public JwtAuthFilterBuilder rolesClaim(String claim) {
        this.rolesClaim = requireNonNull(claim, "claim");
        return this;
    }

    /** The claim, or path, with the scopes. Default: {@code scope}, or {@code scp} if that is absent. */
    public JwtAuthFilterBuilder scopeClaim(String claim) {
        this.scopeClaim = requireNonNull(claim, "claim");
        return this;
    }

    /** The claim, or path, with the caller's id. Default: {@code sub}. */
    public JwtAuthFilterBuilder subjectClaim(String claim) {
        this.subjectClaim = requireNonNull(claim, "claim");
        return this;
    }

    /** The request header field for the caller's id. Default: the gateway's own, {@code X-User-ID}. */
    public JwtAuthFilterBuilder userIdHeader(String name) {
        this.userIdHeader = requireNonNull(name, "name");
        return this;
    }

    /** The request header field for the caller's roles. Default: the gateway's own, {@code X-User-Role}. */
    public JwtAuthFilterBuilder userRoleHeader(String name) {
        this.userRoleHeader = requireNonNull(name, "name");
        return this;
    }

    /** Further claims to pass on, each as {@code claim:Header-Name}, where the claim may be a path. Default: none. */
    public JwtAuthFilterBuilder forwardClaims(String... claims) {
        this.forwardClaims = List.of(claims);
        return this;
    }

    /** Whether the upstream gets the token. Default: no. */
    public JwtAuthFilterBuilder forwardToken(boolean forward) {
        this.forwardToken = forward;
        return this;
    }

    /** Whether requests without a token pass, as nobody's. A wrong token is refused all the same. Default: no. */
    public JwtAuthFilterBuilder optional(boolean optional) {
        this.optional = optional;
        return this;
    }

    /** The realm in challenges. Default: {@code gateway}. */
    public JwtAuthFilterBuilder realm(String realm) {
        this.realm = requireNonNull(realm, "realm");
        return this;
    }

    /**
     * How many verified tokens are remembered, 0 to 1,000,000; a token of more than 1 KiB counts once for each KiB.
     * Default: 10,000.
     */
    public JwtAuthFilterBuilder cacheSize(long tokens) {
        this.cacheSize = tokens;
        return this;
    }

    /** The longest token that is looked at, in bytes, 256 to 65,536. Default: 8 KiB. */
    public JwtAuthFilterBuilder maxTokenLength(long bytes) {
        this.maxTokenLength = bytes;
        return this;
    }

    /** How often the key set is fetched, 10 seconds to 1 hour. Default: 5 minutes. */
    public JwtAuthFilterBuilder jwksRefresh(Duration interval) {
        this.jwksRefresh = requireNonNull(interval, "interval");
        return this;
    }

    /** How long keys are used when fetches fail, from {@link #jwksRefresh} to 24 hours. Default: 1 hour. */
    public JwtAuthFilterBuilder jwksMaxAge(Duration age) {
        this.jwksMaxAge = requireNonNull(age, "age");
        return this;
    }

    /** How long one answer of the issuer may take, 100 milliseconds to 30 seconds. Default: 5 seconds. */
    public JwtAuthFilterBuilder jwksTimeout(Duration timeout) {
        this.jwksTimeout = requireNonNull(timeout, "timeout");
        return this;
    }

    /** Whether keys may be fetched over plain HTTP from another machine. Default: no; loopback is always allowed. */
    public JwtAuthFilterBuilder allowInsecureJwksUri(boolean allow) {
        this.allowInsecureJwksUri = allow;
        return this;
    }

    /**
     * Whether a server is ready only once there were keys: until the first fetch has succeeded, {@code /ready} says 503. An
     * issuer that fails later changes nothing. Default: no, since one issuer would keep all routes from starting.
     */
    public JwtAuthFilterBuilder keysBeforeReady(boolean wait) {
        this.keysBeforeReady = wait;
        return this;
    }

    /** The clock by which key sets age; whether a token is valid is judged by the exchange's own. For tests. */
    public JwtAuthFilterBuilder time(Time time) {
        this.time = requireNonNull(time, "time");
        return this;
    }

    /**
     * The filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem of these options
     */
    public JwtAuthFilter build() {
        Problems problems = new Problems();
        JwtOptions options = OptionChecks.check(this, problems);
        problems.throwIfAny(JwtAuthFilter.class.getSimpleName());
        return new JwtAuthFilter(requireNonNull(options));
    }
}
