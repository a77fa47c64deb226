package dev.lintel.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lintel.ExchangeSettings;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problem;
import dev.lintel.request.IpAddress;
import dev.lintel.request.TrustedProxies.ForwardedBy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandaloneSettingsTest {

    @Test
    void readsEveryContextParam() {
        ExchangeSettings settings = StandaloneSettings.of(OptionReader.of(Map.of(
                "lintel.trustedProxies", "10.0.0.0/8, ::1",
                "lintel.forwardedBy", "forwarded",
                "lintel.identityHeaders.userId", "Remote-User",
                "lintel.identityHeaders.userRole", "Remote-Groups")));
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
    @CsvSource({
        "x_user, X-User, userRole",
        "X-Role, X User, userId",
        "X-*, X-Role, userRole",
        "x.user.id, X-User-ID, userRole"
    })
    void wantsTwoDifferentNamesForIdentity(String role, String id, String wrong) {
        OptionReader options = OptionReader.of(Map.of(
                "lintel.identityHeaders.userId",
                id,
                "lintel.identityHeaders.userRole",
                role,
                "lintel.trustedProxies",
                "x",
                "lintel.trustedProxy",
                "10.0.0.0/8"));
        assertThat(catchThrowable(() -> StandaloneSettings.of(options)))
                .hasMessageStartingWith("context-params: 3 problems")
                .hasMessageContaining("lintel.trustedProxy: unknown option");
        assertThat(options.problems().list())
                .map(Problem::name)
                .containsExactly("lintel.trustedProxies", "lintel.identityHeaders." + wrong, "lintel.trustedProxy");
    }
}
