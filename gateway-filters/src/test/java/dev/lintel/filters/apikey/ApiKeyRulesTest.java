package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.identity.Caller;
import dev.lintel.option.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiKeyRulesTest {

    private static final String KEY = "k-3f9Ad71-Qz0Lr8wYx2Vb";

    private static ApiKeyRules rules(boolean optional) {
        ApiKeyList keys = new ApiKeyList();
        keys.addPlain("plainKey", "shop", KEY, new Problems());
        return new ApiKeyRules(
                new ApiKeyOptions(keys.toKeys(), "X-API-Key", null, "X-Consumer-ID", "api", optional, false));
    }

    private static PresentedKey given(String key) {
        return new PresentedKey.Given(Objects.requireNonNull(KeyDigest.ofKey(key)));
    }

    private static Caller byToken(String subject) {
        return new Caller("jwt", subject, null, List.of("admin"), List.of("read"), Map.of("a", "b"), "hash");
    }

    private static int status(ApiKeyDecision decision) {
        return decision instanceof ApiKeyDecision.Refused refused
                ? refused.rejection().status()
                : 200;
    }

    @Test
    void saysWhoseKeyItIs() {
        assertThat(rules(false).decide(given(KEY), null))
                .isInstanceOfSatisfying(ApiKeyDecision.Accepted.class, accepted -> {
                    Caller caller = accepted.caller();
                    assertThat(caller.kind()).isEqualTo("api-key");
                    assertThat(caller.subject()).isEqualTo("shop");
                    assertThat(caller.consumer()).isEqualTo("shop");
                    assertThat(caller.credentialHash())
                            .hasSize(32)
                            .isNotEqualTo(Objects.requireNonNull(KeyDigest.ofKey(KEY))
                                    .fingerprint()
                                    .substring(1));
                });
    }

    @Test
    void decidesTheSameEveryTime() {
        ApiKeyRules rules = rules(false);
        assertThat(rules.decide(given(KEY), null)).isEqualTo(rules.decide(given(KEY), null));
        assertThat(rules.decide(given("wrong"), null)).isEqualTo(rules.decide(given("wrong"), null));
    }

    @Test
    void optionalLetsPassWhoShowsNothingOnly() {
        for (boolean optional : new boolean[] {true, false}) {
            ApiKeyRules rules = rules(optional);
            assertThat(status(rules.decide(new PresentedKey.Missing(), null))).isEqualTo(optional ? 200 : 401);
            assertThat(status(rules.decide(new PresentedKey.Unusable(), null))).isEqualTo(401);
            assertThat(status(rules.decide(new PresentedKey.Ambiguous(), null))).isEqualTo(400);
            assertThat(status(rules.decide(given("wrong"), null))).isEqualTo(401);
        }
    }

    /** J-12: two identities are never merged. */
    @Test
    void refusesTheKeyOfAnotherThanTheTokens() {
        assertThat(rules(false).decide(given(KEY), byToken("alice")))
                .isInstanceOfSatisfying(ApiKeyDecision.Refused.class, refused -> {
                    assertThat(refused.rejection().status()).isEqualTo(403);
                    assertThat(refused.rejection().rule()).isEqualTo("different-subjects");
                });
        assertThat(status(rules(true).decide(new PresentedKey.Missing(), byToken("alice"))))
                .isEqualTo(200);
        assertThat(status(rules(true).decide(given("wrong"), byToken("shop")))).isEqualTo(401);
    }

    /** J-12: the same caller by both keeps what the token proved. */
    @Test
    void addsTheConsumerToTheSameCaller() {
        assertThat(rules(false).decide(given(KEY), byToken("shop")))
                .isEqualTo(new ApiKeyDecision.Accepted(new Caller(
                        "jwt", "shop", "shop", List.of("admin"), List.of("read"), Map.of("a", "b"), "hash")));
    }

    /** J-08: wrong keys leave nothing behind, however many come. */
    @Test
    void remembersNothingOfWrongKeys() {
        ApiKeyRules rules = rules(false);
        for (int i = 0; i < 100_000; i++) {
            assertThat(status(rules.decide(given("wrong" + i), null))).isEqualTo(401);
        }
        assertThat(rules.options().keys().size()).isEqualTo(1);
    }

    @Test
    void comparesDigestsWhole() {
        KeyDigest digest = Objects.requireNonNull(KeyDigest.parse("00".repeat(31) + "01"));
        assertThat(digest.isSame(KeyDigest.parse("00".repeat(31) + "01"))).isTrue();
        assertThat(digest.isSame(KeyDigest.parse("00".repeat(31) + "02"))).isFalse();
        assertThat(digest.isSame(KeyDigest.parse("80" + "00".repeat(30) + "01")))
                .isFalse();
        assertThat(digest.isSame(null)).isFalse();
    }
}
