package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit.TokenBucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeTest {

    private final Arithmetic arithmetic = new BucketArithmetic(TokenBucket.of("x", 10, Duration.ofSeconds(10)));

    private static long state(Stripe stripe, int slot) {
        return stripe.words()[stripe.at(slot)];
    }

    private void put(Stripe stripe, int slot, long state) {
        stripe.words()[stripe.at(slot)] = state;
        stripe.note(slot, arithmetic);
    }

    /** Few different low halves make long runs of occupied places, which removal has to close. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 60, 1 << 20})
    void behavesLikeAMapWhateverTheKeysCollideIn(int lows) {
        Random random = new Random(lows);
        Stripe stripe = new Stripe(1);
        Map<KeyHash, Long> map = new HashMap<>();
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 20; i++) {
                KeyHash key = new KeyHash(1 + random.nextInt(60), random.nextInt(lows));
                long state = random.nextInt(1_000);
                int slot = stripe.find(key);
                assertThat(slot >= 0).isEqualTo(map.containsKey(key));
                if (slot >= 0) {
                    assertThat(state(stripe, slot)).isEqualTo(map.get(key));
                    put(stripe, slot, state);
                } else {
                    put(stripe, stripe.add(key, state, arithmetic), state);
                }
                map.put(key, state);
            }
            long moment = random.nextInt(1_100);
            boolean any = map.values().removeIf(state -> state <= moment);
            assertThat(stripe.mayFree(moment) || !any).isTrue();
            int before = map.size();
            assertThat(stripe.sweep(moment, arithmetic) > 0).isEqualTo(any);
            assertThat(stripe.mayFree(moment)).isFalse();
            assertThat(map).hasSize(before);
            map.forEach(
                    (key, state) -> assertThat(state(stripe, stripe.find(key))).isEqualTo(state));
        }
    }

    /** A gateway may have ten thousand filters, each with a table of many stripes. */
    @Test
    void takesNoRoomBeforeItsFirstKey() {
        Stripe stripe = new Stripe(4);
        assertThat(stripe.words()).hasSize(1).isSameAs(new Stripe(3).words());
        assertThat(stripe.find(new KeyHash(1, 1))).isEqualTo(-1);
        assertThat(stripe.sweep(Long.MAX_VALUE, arithmetic)).isZero();
        stripe.add(new KeyHash(1, 1), 0, arithmetic);
        assertThat(stripe.find(new KeyHash(1, 1))).isNotNegative();
        assertThat(new Stripe(4).words()).containsOnly(0);
    }

    @Test
    void keepsAKeyOfNothingButZeros() {
        Stripe stripe = new Stripe(1);
        KeyHash zeros = new KeyHash(0, 0);
        assertThat(stripe.find(zeros)).isEqualTo(-1);
        stripe.add(zeros, 7, arithmetic);
        assertThat(state(stripe, stripe.find(zeros))).isEqualTo(7);
    }
}
