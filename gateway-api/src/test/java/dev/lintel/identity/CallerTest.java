package dev.lintel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

    private static final Map<String, Object> CLAIMS = Map.of(
            "sub",
            "alice",
            "realm_access",
            Map.of("roles", List.of("admin"), "deep", Map.of("x", 1)),
            "realm_access.roles",
            List.of("named"),
            "https://example.com/role",
            "editor",
            "https://example.com/app",
            Map.of("role", "viewer"),
            "flag",
            false);

    @ParameterizedTest
    @CsvSource({
        "sub,                           alice",
        "flag,                          false",
        "realm_access.deep.x,           1",
        "realm_access.roles,            [named]",
        "https://example.com/role,      editor",
        "https://example.com/app.role,  viewer"
    })
    void findsClaimsByNameBeforePath(String path, String value) {
        assertThat(caller(CLAIMS).claim(path)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "sub.x", "realm_access.x", "realm_access.", ".sub", ".", "realm_access.deep.x.y", "flag.x"})
    void findsNothingElse(String path) {
        assertThat(caller(CLAIMS).claim(path)).isNull();
    }

    @Test
    void cannotBeChangedThroughWhatItWasMadeFrom() {
        Map<String, Object> nested = new HashMap<>(Map.of("role", "user"));
        List<Object> list = new ArrayList<>(List.of("a"));
        Map<String, Object> claims = new HashMap<>(Map.of("nested", nested, "list", list));
        List<String> roles = new ArrayList<>(List.of("user"));
        Caller caller = new Caller("jwt", "alice", null, roles, List.of(), claims, null);
        roles.add("admin");
        nested.put("role", "admin");
        list.add("admin");
        claims.put("more", "x");
        assertThat(caller.roles()).containsExactly("user");
        assertThat(caller.claim("nested.role")).isEqualTo("user");
        assertThat(caller.claim("list")).isEqualTo(List.of("a"));
        assertThat(caller.claim("more")).isNull();
    }

    @Test
    @SuppressWarnings("unchecked")
    void cannotBeChangedThroughWhatItGives() {
        Caller caller = caller(Map.of("nested", new HashMap<>(Map.of("a", new ArrayList<>(List.of("b"))))));
        Map<String, Object> nested = (Map<String, Object>) caller.claims().get("nested");
        assertThat(nested).isNotNull();
        assertThatThrownBy(() -> nested.put("a", "x")).isInstanceOf(UnsupportedOperationException.class);
        List<Object> list = (List<Object>) nested.get("a");
        assertThat(list).isNotNull();
        assertThatThrownBy(() -> list.add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void takesANullClaimForNone() {
        Map<String, Object> nested = new HashMap<>();
        nested.put("b", null);
        Map<String, Object> claims = new HashMap<>();
        claims.put("a", null);
        claims.put("nested", nested);
        Caller caller = caller(claims);
        assertThat(caller.claim("a")).isNull();
        assertThat(caller.claim("nested.b")).isNull();
        assertThat(caller.claims()).containsOnlyKeys("nested");
    }

    @Test
    void hasRolesOnlyIfItHasAll() {
        Caller caller = new Caller("jwt", "alice", null, List.of("a", "b"), List.of(), Map.of(), null);
        assertThat(caller.hasRoles(List.of("a", "b"))).isTrue();
        assertThat(caller.hasRoles(List.of("a", "c"))).isFalse();
        assertThat(caller.hasRoles(List.of("A"))).isFalse();
        assertThat(caller.hasRoles(List.of())).isTrue();
    }

    /** J-12: the same caller by two credentials keeps what each of them proved; two callers are never merged. */
    @Test
    void addsWhatAnotherCredentialOfTheSameSubjectTells() {
        Caller token = new Caller("jwt", "shop", null, List.of("r"), List.of("s"), Map.of("a", "b"), "t");
        Caller key = new Caller("api-key", "shop", "shop", List.of(), List.of(), Map.of(), "k");
        assertThat(token.and(key))
                .isEqualTo(new Caller("jwt", "shop", "shop", List.of("r"), List.of("s"), Map.of("a", "b"), "t"));
        assertThat(key.and(token))
                .isEqualTo(new Caller("api-key", "shop", "shop", List.of("r"), List.of("s"), Map.of("a", "b"), "k"));
        assertThat(key.and(key)).isSameAs(key);
        Caller other = new Caller("jwt", "alice", null, List.of(), List.of(), Map.of(), null);
        assertThatThrownBy(() -> key.and(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("alice");
    }

    @Test
    void showsNeitherClaimsNorCredential() {
        Caller caller =
                new Caller("jwt", "alice", "shop", List.of("r"), List.of("s"), Map.of("email", "private"), "hash");
        assertThat(caller).hasToString("jwt alice");
    }

    private static Caller caller(Map<String, Object> claims) {
        return new Caller("jwt", "alice", null, List.of(), List.of(), claims, null);
    }
}
