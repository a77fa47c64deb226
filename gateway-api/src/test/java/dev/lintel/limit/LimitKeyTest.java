package dev.lintel.limit;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.apiKey;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static dev.lintel.limit.LimitKey.consumer;
import static dev.lintel.limit.LimitKey.header;
import static dev.lintel.limit.LimitKey.method;
import static dev.lintel.limit.LimitKey.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitKeyTest {

    @Test
    void readsWhatItWrites() {
        LimitKey all =
                by(address(), apiKey(), consumer(), claim("realm_access.tier"), header("X-Tenant"), route(), method());
        assertThat(all).hasToString("address+api-key+consumer+claim:realm_access.tier+header:X-Tenant+route+method");
        assertThat(LimitKey.parse(all.toString())).isEqualTo(all);
        assertThat(LimitKey.parse(" claim: https://example.com/tier + method "))
                .isEqualTo(by(claim("https://example.com/tier"), method()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "address+",
                "Address",
                "ip",
                "claim",
                "claim:",
                "header:",
                "header:a b",
                "user:x",
                "address:1"
            })
    void refusesWhatIsNoKey(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LimitKey.parse(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 129})
    void refusesPrefixesThatAreNone(int bits) {
        assertThatIllegalArgumentException().isThrownBy(() -> by(address()).ipv6Prefix(bits));
    }

    @Test
    void refusesToCountByNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LimitKey(List.of(), MissingKey.SKIP, 64));
    }

    @Test
    void knowsWhatIsKnownBeforeAuthentication() {
        assertThat(by(address(), header("X"), route(), method()).needsCaller()).isFalse();
        assertThat(List.of(claim("sub"), apiKey(), consumer()))
                .allMatch(part -> by(method(), part).needsCaller());
    }

    @Test
    void refusesByDefaultWhatCannotBeCounted() {
        assertThat(by(claim("sub")).onMissing()).isEqualTo(MissingKey.REFUSE);
        assertThat(by(claim("sub")).ipv6Prefix()).isEqualTo(64);
    }
}
