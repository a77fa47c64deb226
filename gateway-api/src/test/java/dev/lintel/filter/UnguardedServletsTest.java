package dev.lintel.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnguardedServletsTest {

    @ParameterizedTest
    @CsvSource({
        "/*,       /,         true",
        "/*,       *.do,      true",
        "/*,       /a/*,      true",
        "/api/*,   /api,      true",
        "/api/*,   /api/*,    true",
        "/api/*,   /api/a/*,  true",
        "/api/*,   /api/a,    true",
        "/api/*,   /apix,     false",
        "/api/*,   /apix/*,   false",
        "/api/*,   /,         false",
        "/api/*,   /*,        false",
        "/api/*,   *.do,      false",
        "/api/*,   '',        false",
        "/api/a/*, /api/*,    false",
        "/api,     /api,      true",
        "/api,     /api/*,    false",
        "/,        /,         true",
        "/,        /a,        false",
        "*.do,     *.do,      true",
        "*.do,     /a/b.do,   true",
        "*.do,     /a.do/*,   false",
        "*.do,     *.jsp,     false",
    })
    void knowsWhatAPatternTakesIn(String pattern, String mapping, boolean covered) {
        assertThat(UnguardedServlets.covers(pattern, mapping)).isEqualTo(covered);
    }
}
