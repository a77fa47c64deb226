package dev.lintel.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.ExchangeSettings;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problem;
import dev.lintel.request.IpAddress;
import dev.lintel.request.TrustedProxies.ForwardedBy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandaloneSettingsTest {

    @Test
    void readsEveryContextParam() {
        ExchangeSettings settings = StandaloneSettings.of(OptionReader.of(Map.of(
                "lintel.trustedProxies", "10.0.0.0/8, ::1",
                "lintel.forwardedBy", "forwarded",
                "lintel.identityHeaders", "Remote-User, Remote-Groups")));
        assertThat(settings.trustedProxies().trusts(IpAddress.parse("10.1.2.3")))
                .isTrue();
        assertThat(settings.trustedProxies().trusts(IpAddress.parse("::1"))).isTrue();
        assertThat(settings.trustedProxies().field()).isEqualTo(ForwardedBy.FORWARDED);
        assertThat(settings.identityHeaders()).isEqualTo(new IdentityHeaders("Remote-User", "Remote-Groups"));
    }

    @Test
    void trustsNobodyByDefault() {
        ExchangeSettings settings = StandaloneSettings.of(OptionReader.of(Map.of()));
        assertThat(settings.trustedProxies().isEmpty()).isTrue();
        assertThat(settings.identityHeaders()).isEqualTo(IdentityHeaders.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-User", "X-User, X-Role, X-Third", "X-User, x_user", "X User, X-Role", "X-*, X-Role"})
    void wantsTwoNamesForIdentity(String names) {
        OptionReader options = OptionReader.of(Map.of("lintel.identityHeaders", names, "lintel.trustedProxies", "x"));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> StandaloneSettings.of(options)))
                .hasMessageStartingWith("context-params: 2 problems");
        assertThat(options.problems().list())
                .map(Problem::name)
                .containsExactly("lintel.trustedProxies", "lintel.identityHeaders");
    }
}
