package dev.lintel.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "orders-v2_x.y", "0", "A"})
    void takesNames(String name) {
        assertThat(Names.areValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a:b", "a\n", "\u00fc", "\u0661", "a,b", "\"a\""})
    void refusesOthers(String name) {
        assertThat(Names.areValid(name)).isFalse();
    }

    @Test
    void boundsTheirLength() {
        assertThat(Names.areValid("a".repeat(64))).isTrue();
        assertThat(Names.areValid("a".repeat(65))).isFalse();
    }
}
