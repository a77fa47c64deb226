package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.jwt.ClaimRules.Validity;
import dev.lintel.identity.Caller;
import dev.lintel.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCacheTest {

    private static final VerificationKey A = new VerificationKey("a", "a", Map.of());
    private static final VerificationKey B = new VerificationKey("b", "b", Map.of());
    private static final KeySet BOTH = KeySet.of(List.of(A, B));

    private final MutableClock clock = MutableClock.create();
    private final long start = clock.millis();

    private TokenDecision.Verified token(VerificationKey key, long validForMillis, int weight) {
        Caller caller = new Caller("jwt", "alice", null, List.of(), List.of(), Map.of(), null);
        Validity validity = new Validity(0, start + validForMillis);
        return new TokenDecision.Verified(new VerifiedToken(key, validity, caller, null, List.of(), null, weight));
    }

    private TokenCache cache(long maxWeight) {
        return new TokenCache(maxWeight);
    }

    @Test
    void findsATokenByItsDigestUntilItExpires() {
        TokenCache cache = cache(10);
        TokenDigest digest = TokenDigest.of("t", 0);
        TokenDecision.Verified token = token(A, 60_000, 1);
        cache.keep(digest, token, start);
        assertThat(cache.find(digest, BOTH, start + 59_999)).isSameAs(token);
        assertThat(cache.find(TokenDigest.of("u", 0), BOTH, start)).isNull();
        assertThat(cache.find(digest, BOTH, start + 60_000)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void dropsExpiredTokensThatNobodyAsksForAsOthersCome() {
        TokenCache cache = cache(1000);
        for (int i = 0; i < 100; i++) {
            cache.keep(TokenDigest.of("t" + i, 0), token(A, 60_000, 1), start);
        }
        for (int i = 0; i < 100; i++) {
            cache.keep(TokenDigest.of("u" + i, 0), token(A, 120_000, 1), start + 60_000);
        }
        assertThat(cache.size()).isEqualTo(100);
        assertThat(cache.weight()).isEqualTo(100);
    }

    @Test
    void believesTheTimeOfDayWhenItSteps() {
        TokenCache cache = cache(10);
        TokenDigest digest = TokenDigest.of("t", 0);
        cache.keep(digest, token(A, 60_000, 1), start);
        clock.setWallClock(Instant.ofEpochMilli(start + 60_000));
        assertThat(cache.find(digest, BOTH, clock.millis())).isNull();
    }

    @Test
    void forgetsTokensWhoseKeyIsGone() {
        TokenCache cache = cache(10);
        cache.keep(TokenDigest.of("a", 0), token(A, 60_000, 1), start);
        cache.keep(TokenDigest.of("b", 0), token(B, 60_000, 1), start);
        KeySet onlyB = KeySet.of(List.of(B));
        assertThat(cache.find(TokenDigest.of("a", 0), onlyB, start)).isNull();
        cache.keep(TokenDigest.of("a", 0), token(A, 60_000, 1), start);
        cache.retain(onlyB);
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.find(TokenDigest.of("b", 0), onlyB, start)).isNotNull();
    }

    @Test
    void holdsNoMoreThanItMay() {
        TokenCache cache = cache(100);
        for (int i = 0; i < 10_000; i++) {
            cache.keep(TokenDigest.of("t" + i, 0), token(A, 60_000, i % 8 + 1), start);
            assertThat(cache.weight()).isLessThanOrEqualTo(100);
        }
        assertThat(cache.size()).isBetween(12, 100);
        TokenDigest heavy = TokenDigest.of("heavy", 0);
        cache.keep(heavy, token(A, 60_000, 101), start);
        assertThat(cache.find(heavy, BOTH, start)).isNull();
        assertThat(cache.size()).isGreaterThan(1);
    }

    @Test
    void keepsTheSameTokenOnce() {
        TokenCache cache = cache(10);
        TokenDigest digest = TokenDigest.of("t", 0);
        cache.keep(digest, token(A, 60_000, 3), start);
        TokenDecision.Verified again = token(A, 60_000, 4);
        cache.keep(digest, again, start);
        assertThat(cache.find(digest, BOTH, start)).isSameAs(again);
        assertThat(cache.weight()).isEqualTo(4);
    }

    @Test
    void keepsWhatIsAskedForWhileManyComeOnlyOnce() {
        TokenCache cache = cache(100);
        TokenDigest wanted = TokenDigest.of("wanted", 0);
        TokenDecision.Verified token = token(A, 60_000, 1);
        cache.keep(wanted, token, start);
        for (int i = 0; i < 10_000; i++) {
            if (i % 50 == 0) {
                assertThat(cache.find(wanted, BOTH, start)).isSameAs(token);
            }
            cache.keep(TokenDigest.of("t" + i, 0), token(A, 60_000, 1), start);
        }
    }

    @Test
    void makesRoomThoughEverythingIsAskedFor() {
        TokenCache cache = cache(10);
        for (int i = 0; i < 100; i++) {
            TokenDigest digest = TokenDigest.of("t" + i, 0);
            cache.keep(digest, token(A, 60_000, 1), start);
            assertThat(cache.find(digest, BOTH, start)).isNotNull();
        }
        assertThat(cache.size()).isEqualTo(10);
    }

    @RepeatedTest(3)
    void countsRightWhateverManyThreadsDo() {
        TokenCache cache = cache(50);
        KeySet onlyB = KeySet.of(List.of(B));
        IntStream.range(0, 40_000).parallel().forEach(i -> {
            VerificationKey key = i % 3 == 0 ? A : B;
            String name = key.id() + i % 97;
            TokenDecision.Verified found = cache.find(TokenDigest.of(name, 0), i % 5 == 0 ? onlyB : BOTH, start);
            if (found == null) {
                cache.keep(TokenDigest.of(name, 0), token(key, 60_000 + i % 2, i % 4 + 1), start + i % 2 * 60_000L);
            } else {
                assertThat(found.token().key()).isSameAs(key);
            }
            if (i % 1_000 == 0) {
                cache.retain(onlyB);
            }
        });
        assertThat(cache.weight()).isBetween((long) cache.size(), 50L);
        cache.retain(KeySet.of(List.of()));
        assertThat(cache.size()).isZero();
        assertThat(cache.weight()).isZero();
    }

    @Test
    void digestsAreThoseOfSha256() {
        assertThat(TokenDigest.of("abc", 0).text()).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
        assertThat(TokenDigest.of("abc", 0)).isEqualTo(TokenDigest.of("abc", 0)).isNotEqualTo(TokenDigest.of("abd", 0));
    }

    @Test
    void digestsTheTokenAloneWhateverItsLength() throws Exception {
        String line = "Bearer " + "a.b-C_9".repeat(300);
        for (int end = 7; end < line.length(); end += 13) {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(line.substring(7, end).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(TokenDigest.of(line.substring(0, end), 7).text())
                    .isEqualTo(HexFormat.of().formatHex(hash, 0, 16));
        }
    }

    /** Nothing but the token itself may find it: not what has half its characters, nor what goes on after a broken one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0161.b.c",
                "a.b.c\uD800",
                "a.b.c\uD83D\uDE00",
                "a.b.c\uDC00.d",
                "a.b.c\u0100",
                "a.b.c?",
                "a.b.c "
            })
    void digestsWhatNoTokenHasToo(String text) {
        assertThat(TokenDigest.of(text, 0)).isNotEqualTo(TokenDigest.of("a.b.c", 0));
        String padding = "x".repeat(1024 - 5);
        assertThat(TokenDigest.of(padding + text, 0)).isNotEqualTo(TokenDigest.of(padding + "a.b.c", 0));
    }
}
