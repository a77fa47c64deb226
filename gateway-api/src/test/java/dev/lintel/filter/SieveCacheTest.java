package dev.lintel.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SieveCacheTest {

    private final SieveCache<String, String> cache = new SieveCache<>(10, 4, String::length);

    private boolean keep(String key, String value) {
        return cache.keep(key, value, any -> true);
    }

    @Test
    void whatNobodyAskedForLeavesFirst() {
        keep("a", "aa");
        keep("b", "bb");
        keep("c", "cc");
        assertThat(cache.find("a")).isEqualTo("aa");
        keep("d", "dd");
        assertThat(keep("e", "eee")).isTrue();
        assertThat(cache.peek("a")).isEqualTo("aa");
        assertThat(cache.peek("b")).isNull();
        assertThat(cache.evicted()).isEqualTo(1);
    }

    @Test
    void isNeverHeavierNorMoreThanItMay() {
        for (int i = 0; i < 100; i++) {
            keep("k" + i % 7, "x".repeat(i % 11));
            assertThat(cache.weight()).isLessThanOrEqualTo(10);
            assertThat(cache.size()).isLessThanOrEqualTo(4);
        }
        assertThat(keep("heavy", "x".repeat(11))).isFalse();
        cache.retain(any -> false);
        assertThat(cache.weight()).isZero();
    }

    @Test
    void lookingIsNotAsking() {
        keep("a", "aaa");
        keep("b", "bbb");
        keep("c", "ccc");
        assertThat(cache.peek("a")).isEqualTo("aaa");
        keep("d", "ddd");
        assertThat(cache.peek("a")).isNull();
    }

    @Test
    void dropsExactlyWhatIsMeant() {
        String first = new String("a");
        keep("k", first);
        String second = new String("a");
        assertThat(cache.drop("k", second)).isFalse();
        assertThat(cache.drop("k", first)).isTrue();
        assertThat(cache.drop("k")).isFalse();
    }

    @Test
    void whatIsNoLongerGoodLeavesAsOthersCome() {
        SieveCache<Integer, String> aging = new SieveCache<>(1000, 1000, String::length);
        for (int i = 0; i < 50; i++) {
            aging.keep(i, "old", any -> true);
        }
        for (int i = 100; i < 150; i++) {
            aging.keep(i, "new", value -> value.equals("new"));
        }
        assertThat(aging.size()).isEqualTo(50);
    }
}
