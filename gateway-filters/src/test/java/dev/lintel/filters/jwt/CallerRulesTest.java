package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lintel.HeaderField;
import dev.lintel.reject.Rejection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a good token's claims say of its caller: header values, required scopes and roles. */
class CallerRulesTest {

    private static final Set<JwtAlgorithm> HS256 = EnumSet.of(JwtAlgorithm.HS256);

    private static VerifiedToken verified(CallerRules rules, String claims) {
        try {
            String token =
                    TokenForge.signed(JwtAlgorithm.HS256, "{\"alg\":\"HS256\"}", "{\"exp\":2000000000," + claims + "}");
            TokenVerifier verifier = new TokenVerifier(
                    HS256,
                    65_536,
                    new ClaimRules(null, Set.of(), 0),
                    rules,
                    new Refusals("api", rules.requiredScopes()));
            KeySet keys = KeySet.of(new SecretReader(HS256).read(TokenForge.SECRET));
            TokenDecision decision = verifier.decide(token, TokenDigest.of(token, 0), keys, 1_800_000_000_000L);
            assertThat(decision).isInstanceOf(TokenDecision.Verified.class);
            return ((TokenDecision.Verified) decision).token();
        } catch (UnusableKey e) {
            throw new IllegalStateException(e);
        }
    }

    private static CallerRules rules(String rolesClaim, List<String> scopes, List<String> roles, Match match) {
        List<ClaimHeader> forwarded =
                List.of(new ClaimHeader("email", "X-User-Email"), new ClaimHeader("org.id", "X-Org"));
        return new CallerRules("sub", rolesClaim, List.of("scope", "scp"), scopes, roles, match, forwarded);
    }

    private static VerifiedToken verified(String claims) {
        return verified(rules("roles", List.of(), List.of(), Match.ALL), claims);
    }

    static Stream<Arguments> safe() {
        return Stream.of(
                arguments("\"sub\":\"alice\"", null),
                arguments("\"sub\":\"auth0|12 34\",\"roles\":[]", null),
                arguments("\"sub\":\"a\",\"roles\":[\"admin\"]", "admin"),
                arguments(
                        "\"sub\":\"a\",\"roles\":[\"admin\",\"user:read\",\"two words\"]", "admin,user:read,two words"),
                arguments("\"sub\":\"a\",\"roles\":\"one role with spaces\"", "one role with spaces"),
                arguments("\"sub\":\"a\",\"roles\":null", null));
    }

    @ParameterizedTest
    @MethodSource("safe")
    void joinsRolesToOneValue(String claims, @Nullable String roles) {
        VerifiedToken token = verified(claims);
        assertThat(token.refused()).isNull();
        assertThat(token.roles()).isEqualTo(roles);
    }

    static Stream<Arguments> unsafe() {
        return Stream.of(
                        "\"sub\":\"alice, admin\"",
                        "\"sub\":\"alice;admin\"",
                        "\"sub\":\"alice\\r\\nX-User-Role: admin\"",
                        "\"sub\":\"alice\\u0000\"",
                        "\"sub\":\"alice\\u007f\"",
                        "\"sub\":\"al\\u00efce\"",
                        "\"sub\":\"\\u202ealice\"",
                        "\"sub\":\" alice\"",
                        "\"sub\":\"alice \"",
                        "\"sub\":\"" + "a".repeat(HeaderValues.MAX_LENGTH + 1) + "\"",
                        "\"sub\":\"a\",\"roles\":[\"user,admin\"]",
                        "\"sub\":\"a\",\"roles\":[\"user\",\"\"]",
                        "\"sub\":\"a\",\"roles\":[\"user\",7]",
                        "\"sub\":\"a\",\"roles\":[\"user\",null]",
                        "\"sub\":\"a\",\"roles\":[[\"user\"]]",
                        "\"sub\":\"a\",\"roles\":[\"us\\ner\"]",
                        "\"sub\":\"a\",\"roles\":\"user,admin\"",
                        "\"sub\":\"a\",\"roles\":\"\"",
                        "\"sub\":\"a\",\"roles\":7",
                        "\"sub\":\"a\",\"roles\":true",
                        "\"sub\":\"a\",\"roles\":{\"admin\":true}",
                        "\"sub\":\"a\",\"roles\":[\"" + "a".repeat(2100) + "\",\"" + "b".repeat(2100) + "\"]",
                        "\"sub\":\"a\",\"scope\":7",
                        "\"sub\":\"a\",\"scope\":[\"a\",7]",
                        "\"sub\":\"a\",\"email\":\"a,b\"",
                        "\"sub\":\"a\",\"email\":\"\"",
                        "\"sub\":\"a\",\"email\":{}",
                        "\"sub\":\"a\",\"email\":1.5",
                        "\"sub\":\"a\",\"email\":[\"a\",1]",
                        "\"sub\":\"a\",\"org\":{\"id\":\"x\\ty\"}")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void refusesClaimsThatCouldReadAsSomethingElse(String claims) {
        VerifiedToken token = verified(claims);
        assertThat(token.refused())
                .isEqualTo(Refusals.unsafeClaim())
                .extracting(Rejection::status)
                .isEqualTo(403);
        assertThat(token.roles()).isNull();
        assertThat(token.forwarded()).isEmpty();
    }

    static Stream<Arguments> forwarded() {
        return Stream.of(
                arguments("\"sub\":\"a\"", List.of()),
                arguments("\"sub\":\"a\",\"email\":null,\"org\":7", List.of()),
                arguments("\"sub\":\"a\",\"email\":[]", List.of()),
                arguments(
                        "\"sub\":\"a\",\"email\":\"a@b.example\"",
                        List.of(new HeaderField("X-User-Email", "a@b.example"))),
                arguments("\"sub\":\"a\",\"email\":[\"a\",\"b\"]", List.of(new HeaderField("X-User-Email", "a,b"))),
                arguments("\"sub\":\"a\",\"email\":true", List.of(new HeaderField("X-User-Email", "true"))),
                arguments("\"sub\":\"a\",\"org\":{\"id\":42}", List.of(new HeaderField("X-Org", "42"))),
                arguments("\"sub\":\"a\",\"org.id\":\"x\"", List.of(new HeaderField("X-Org", "x"))));
    }

    @ParameterizedTest
    @MethodSource("forwarded")
    void forwardsFurtherClaims(String claims, List<HeaderField> fields) {
        VerifiedToken token = verified(claims);
        assertThat(token.refused()).isNull();
        assertThat(token.forwarded()).isEqualTo(fields);
    }

    static Stream<Arguments> requirements() {
        List<String> none = List.of();
        List<String> admin = List.of("admin");
        List<String> two = List.of("admin", "audit");
        return Stream.of(
                arguments("no roles", "\"x\":1", none, admin, Match.ALL, "insufficient-role"),
                arguments("the role", "\"roles\":[\"admin\"]", none, admin, Match.ALL, null),
                arguments("a longer role", "\"roles\":[\"admin2\"]", none, admin, Match.ALL, "insufficient-role"),
                arguments("another case", "\"roles\":[\"Admin\"]", none, admin, Match.ALL, "insufficient-role"),
                arguments(
                        "a role within a text",
                        "\"roles\":\"user admin\"",
                        none,
                        admin,
                        Match.ALL,
                        "insufficient-role"),
                arguments("one of two", "\"roles\":[\"admin\"]", none, two, Match.ALL, "insufficient-role"),
                arguments("one of two, any", "\"roles\":[\"audit\"]", none, two, Match.ANY, null),
                arguments("none of two, any", "\"roles\":[\"user\"]", none, two, Match.ANY, "insufficient-role"),
                arguments("no scope", "\"x\":1", admin, none, Match.ALL, "insufficient-scope"),
                arguments("a scope of a text", "\"scope\":\"user  admin x\"", admin, none, Match.ALL, null),
                arguments("a scope of a list", "\"scope\":[\"user\",\"admin\"]", admin, none, Match.ALL, null),
                arguments("a scope in scp", "\"scp\":\"admin\"", admin, none, Match.ALL, null),
                arguments(
                        "scope before scp",
                        "\"scope\":\"user\",\"scp\":\"admin\"",
                        admin,
                        none,
                        Match.ALL,
                        "insufficient-scope"),
                arguments("a longer scope", "\"scope\":\"admin2\"", admin, none, Match.ALL, "insufficient-scope"),
                arguments(
                        "a scope with a dot", "\"scope\":\"admin.read\"", admin, none, Match.ALL, "insufficient-scope"),
                arguments("a role is no scope", "\"roles\":[\"admin\"]", admin, none, Match.ALL, "insufficient-scope"),
                arguments("any needs one of each", "\"scope\":\"admin\"", two, two, Match.ANY, "insufficient-role"),
                arguments("any has one of each", "\"scope\":\"audit\",\"roles\":\"admin\"", two, two, Match.ANY, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requirements")
    void comparesWholeNames(
            String what, String claims, List<String> scopes, List<String> roles, Match match, @Nullable String rule) {
        Rejection refused = verified(rules("roles", scopes, roles, match), "\"sub\":\"a\"," + claims)
                .refused();
        assertThat(refused == null ? null : refused.rule()).isEqualTo(rule);
        if (refused != null) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.headers().get(0).value())
                    .startsWith("Bearer realm=\"api\", error=\"insufficient_scope\"");
        }
    }

    @Test
    void findsRolesByPath() {
        CallerRules rules = rules("realm_access.roles", List.of(), List.of("admin"), Match.ALL);
        assertThat(verified(rules, "\"sub\":\"a\",\"realm_access\":{\"roles\":[\"admin\"]}")
                        .refused())
                .isNull();
        assertThat(verified(rules, "\"sub\":\"a\",\"realm_access\":[\"admin\"]").refused())
                .isNotNull();
        CallerRules url = rules("https://example.com/roles", List.of(), List.of("admin"), Match.ALL);
        assertThat(verified(url, "\"sub\":\"a\",\"https://example.com/roles\":[\"admin\"]")
                        .refused())
                .isNull();
    }

    @Test
    void tellsCallersApartByAHashAndHoldsNoToken() {
        VerifiedToken one = verified("\"sub\":\"a\"");
        VerifiedToken other = verified("\"sub\":\"b\"");
        assertThat(one.caller().credentialHash())
                .hasSize(32)
                .isNotEqualTo(other.caller().credentialHash());
        assertThat(one.caller().claims()).containsOnlyKeys("sub", "exp");
    }
}
