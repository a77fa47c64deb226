package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filter.Verdict;
import dev.lintel.identity.Caller;
import dev.lintel.option.Problems;
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

    private static Verdict decide(ApiKeyRules rules, PresentedKey inHeader) {
        return rules.decide(inHeader, new PresentedKey.Missing());
    }

    private static int status(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.rejection().status() : 200;
    }

    @Test
    void saysWhoseKeyItIs() {
        assertThat(decide(rules(false), given(KEY))).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
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
        assertThat(decide(rules, given(KEY))).isEqualTo(decide(rules, given(KEY)));
        assertThat(decide(rules, given("wrong"))).isEqualTo(decide(rules, given("wrong")));
    }

    @Test
    void optionalLetsPassWhoShowsNothingOnly() {
        for (boolean optional : new boolean[] {true, false}) {
            ApiKeyRules rules = rules(optional);
            assertThat(decide(rules, new PresentedKey.Missing())).isEqualTo(Verdict.ABSENT);
            assertThat(rules.keyMissing() == null).isEqualTo(optional);
            assertThat(status(decide(rules, new PresentedKey.Unusable()))).isEqualTo(401);
            assertThat(status(decide(rules, new PresentedKey.Ambiguous()))).isEqualTo(400);
            assertThat(status(decide(rules, given("wrong")))).isEqualTo(401);
        }
    }

    /** J-08: wrong keys leave nothing behind, however many come. */
    @Test
    void remembersNothingOfWrongKeys() {
        ApiKeyRules rules = rules(false);
        for (int i = 0; i < 100_000; i++) {
            assertThat(status(decide(rules, given("wrong" + i)))).isEqualTo(401);
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
