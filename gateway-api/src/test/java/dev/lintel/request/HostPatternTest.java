package dev.lintel.request;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    @ParameterizedTest(name = "B06 {0} {1} {2}")
    @CsvSource({
        "api.example.com, API.Example.com,     true",
        "API.EXAMPLE.COM, api.example.com.:80, true",
        "api.example.com, xapi.example.com,    false",
        "api.example.com, example.com,         false",
        "*.example.com,   a.example.com,       true",
        "*.example.com,   a.b.example.com,     true",
        "*.example.com,   example.com,         false",
        "*.example.com,   evilexample.com,     false",
        "*.example.com,   example.com.evil,    false",
        "[::1],           [0:0:0:0:0:0:0:1],   true",
        "[0::1],          [::1]:8080,          true",
        "[::1],           [::2],               false",
        "127.0.0.1,       127.0.0.1:80,        true"
    })
    void matchesHostsAsAuthoritiesSpellThem(String pattern, String host, boolean matches) {
        String asked = requireNonNull(Authority.parse(host)).host();
        assertThat(HostPattern.parse(pattern).matches(asked)).isEqualTo(matches);
    }

    @Test
    void matchesEveryHostIfAnyIsMeant() {
        assertThat(HostPattern.any().matches("a")).isTrue();
        assertThat(HostPattern.any()).hasToString("*").isEqualTo(HostPattern.any());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "a.*.b",
                "*a.b",
                "*.*.a",
                "a.",
                "a:80",
                "*.a:80",
                "http://a",
                "a/b",
                "*.[::1]",
                "*.1.2.3.4",
                "[::1%eth0]",
                "\u212a.example",
                "\u00fc.example",
                "a b"
            })
    void refusesWhatIsNoHost(String text) {
        assertThatThrownBy(() -> HostPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: " + text + " (expected: a host name without port, or *.domain)");
    }

    @Test
    void equalsByKindAndName() {
        assertThat(HostPattern.parse("A.b"))
                .isEqualTo(HostPattern.parse("a.B"))
                .hasSameHashCodeAs(HostPattern.parse("a.b"));
        assertThat(HostPattern.parse("*.a.b"))
                .isNotEqualTo(HostPattern.parse("a.b"))
                .hasToString("*.a.b");
    }
}
