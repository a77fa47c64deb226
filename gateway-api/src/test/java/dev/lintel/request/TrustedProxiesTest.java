package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.request.TrustedProxies.ForwardedBy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

    private static final TrustedProxies TRUSTED =
            TrustedProxies.of(List.of("10.0.0.0/8", "::1", "fe80::/10"), ForwardedBy.X_FORWARDED_FOR);

    /** Lines of the field are divided by a semicolon here; the peer comes first. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // from a peer that nobody trusts, nothing counts
                "G14 | 203.0.113.9          | 1.1.1.1                                   | 203.0.113.9  | false",
                "G14 | 203.0.113.9          | 10.0.0.1                                  | 203.0.113.9  | false",
                "G14 | 203.0.113.9          | 127.0.0.1, ::1                            | 203.0.113.9  | false",
                "G14 | 2001:db8:0:0:0:0:0:9 | 1.1.1.1                                   | 2001:db8::9  | false",
                "G14 | [2001:db8::9]        | 1.1.1.1                                   | 2001:db8::9  | false",
                "G14 | 203.0.113.9          |                                           | 203.0.113.9  | false",
                // from a trusted one: right to left, as far as trust goes
                "G14 | 10.0.0.1             |                                           | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 1.1.1.1                                   | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | 6.6.6.6, 1.1.1.1                          | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | 6.6.6.6, 1.1.1.1, 10.0.0.2                | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | 6.6.6.6; 1.1.1.1, 10.0.0.2                | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | 6.6.6.6, 1.1.1.1; 10.0.0.2                | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | 10.0.0.3, 10.0.0.2                        | 10.0.0.3     | true",
                "G14 | 10.0.0.1             | 127.0.0.1, 1.1.1.1                        | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | 1.1.1.1:4711                              | 1.1.1.1      | true",
                "G14 | 10.0.0.1             | [2001:db8::1]:4711                        | 2001:db8::1  | true",
                "G14 | 10.0.0.1             | [2001:db8::1]                             | 2001:db8::1  | true",
                "G14 | 10.0.0.1             | 2001:DB8::1                               | 2001:db8::1  | true",
                "G14 | 10.0.0.1             | \t1.1.1.1 \t                              | 1.1.1.1      | true",
                // what is not an address ends the walk at the last one known
                "G14 | 10.0.0.1             | unknown                                   | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 1.1.1.1, unknown                          | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 1.1.1.1, _hidden, 10.0.0.2                | 10.0.0.2     | true",
                "G14 | 10.0.0.1             | 1.1.1.1, , 10.0.0.2                       | 10.0.0.2     | true",
                "G14 | 10.0.0.1             | 1.1.1.1,                                  | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | ,                                         | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 1.1.1.1:                                  | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 1.1.1.1:999999                            | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 1.1.1.1:8x                                | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | [2001:db8::1]x                            | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | [2001:db8::1                              | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | 01.1.1.1                                  | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | \"1.1.1.1\"                               | 10.0.0.1     | true",
                "G14 | 10.0.0.1             | <script>                                  | 10.0.0.1     | true",
                // however the container spells the peer
                "G16 | ::ffff:10.0.0.1      | 1.1.1.1                                   | 1.1.1.1      | true",
                "G16 | 0:0:0:0:0:ffff:a00:1 | 1.1.1.1                                   | 1.1.1.1      | true",
                "G16 | fe80::1%eth0         | 1.1.1.1                                   | 1.1.1.1      | true",
                "G16 | fe80::1%2            |                                           | fe80::1      | true",
                "G16 | [::1]                | 1.1.1.1                                   | 1.1.1.1      | true",
                "G16 | 10.0.0.1             | 1.1.1.1, ::ffff:10.0.0.2                  | 1.1.1.1      | true",
                "G16 | 10.0.0.1             | ::ffff:1.1.1.1                            | 1.1.1.1      | true"
            })
    void findsTheClientFromRightToLeft(
            String id, String peer, @Nullable String lines, String client, boolean viaTrustedProxy) {
        ClientAddress found = TRUSTED.resolve(peer, lines == null ? List.of() : List.of(lines.split(";", -1)));
        assertThat(found).isEqualTo(new ClientAddress(client, IpAddress.parse(client), viaTrustedProxy));
    }

    @Test
    void trustsNobodyUnlessNamed() {
        ClientAddress client = TrustedProxies.none().resolve("127.0.0.1", List.of("1.1.1.1"));
        assertThat(client).isEqualTo(new ClientAddress("127.0.0.1", IpAddress.parse("127.0.0.1"), false));
        assertThat(TrustedProxies.none().isEmpty()).isTrue();
        assertThat(TrustedProxies.none().trusts(null)).isFalse();
    }

    @Test
    void takesAPeerWithoutAnAddressAsItIs() {
        assertThat(TRUSTED.resolve("/run/gateway.sock", List.of("1.1.1.1")))
                .isEqualTo(new ClientAddress("/run/gateway.sock", null, false));
    }

    @Test
    void readsOnlyTheLastHopsOfALongChain() {
        String spoofed = String.join(",", Collections.nCopies(1000, "6.6.6.6"));
        assertThat(TRUSTED.resolve("203.0.113.9", List.of(spoofed)).text()).isEqualTo("203.0.113.9");
        assertThat(TRUSTED.resolve("10.0.0.1", List.of(spoofed + ",1.1.1.1")).text())
                .isEqualTo("1.1.1.1");
        String hops = String.join(",", Collections.nCopies(40, "10.0.0.2"));
        assertThat(TRUSTED.resolve("10.0.0.1", List.of("6.6.6.6," + hops)).text())
                .isEqualTo("10.0.0.2");
    }

    @ParameterizedTest(name = "G17 {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                                             | 10.0.0.1",
                "for=1.1.1.1                                  | 1.1.1.1",
                "FOR=1.1.1.1;host=evil.example;proto=https    | 1.1.1.1",
                "host=evil.example;for=1.1.1.1                | 1.1.1.1",
                "for=\"1.1.1.1:4711\"                         | 1.1.1.1",
                "for=\"[2001:db8::1]\"                        | 2001:db8::1",
                "for=\"[2001:db8::1]:4711\"                   | 2001:db8::1",
                "for=6.6.6.6, for=1.1.1.1                     | 1.1.1.1",
                "for=6.6.6.6, for=1.1.1.1, for=10.0.0.2       | 1.1.1.1",
                "for=6.6.6.6;by=\"a,for=7.7.7.7\", for=1.1.1.1| 1.1.1.1",
                "by=\"\\\", for=7.7.7.7\", for=1.1.1.1        | 1.1.1.1",
                "for=6.6.6.6, proto=https                     | 10.0.0.1",
                "for=6.6.6.6, for=_hidden                     | 10.0.0.1",
                "for=unknown                                  | 10.0.0.1",
                "for=                                         | 10.0.0.1",
                "for=\"\"                                     | 10.0.0.1",
                "for=\"1.1.1.1                                | 10.0.0.1",
                "for=1.1.1.1\"                                | 10.0.0.1",
                "for=\"1.1.1.1\"x                             | 10.0.0.1",
                "for=\"1.1.1.1\\\"                            | 10.0.0.1",
                "for = 1.1.1.1                                | 10.0.0.1",
                "for=1.1.1.1;for=6.6.6.6                      | 10.0.0.1",
                "for=6.6.6.6;FOR=\"1.1.1.1\"                  | 10.0.0.1",
                "xfor=1.1.1.1                                 | 10.0.0.1",
                "1.1.1.1                                      | 10.0.0.1",
                "for=1.1.1.1,                                 | 10.0.0.1",
                ",                                            | 10.0.0.1"
            })
    void readsForwarded(@Nullable String line, String client) {
        TrustedProxies trusted = TrustedProxies.of(List.of("10.0.0.0/8"), ForwardedBy.FORWARDED);
        List<String> lines = line == null ? List.of() : List.of(line);
        assertThat(trusted.resolve("10.0.0.1", lines).text()).isEqualTo(client);
        assertThat(trusted.resolve("203.0.113.9", lines).text()).isEqualTo("203.0.113.9");
    }

    @Test
    void refusesAMalformedBlock() {
        assertThatThrownBy(() -> TrustedProxies.of(List.of("10.0.0.0/8", "10.0.0.1/8"), ForwardedBy.FORWARDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.1/8");
    }
}
