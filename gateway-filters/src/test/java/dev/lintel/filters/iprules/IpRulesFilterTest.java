package dev.lintel.filters.iprules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import dev.lintel.request.IpAddress;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IpRulesFilterTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, '', 10.1.2.3, true",
        "10.0.0.0/8, '', 11.1.2.3, false",
        "10.0.0.0/8, 10.1.0.0/16, 10.1.2.3, false",
        "10.0.0.0/8, 10.1.0.0/16, 10.2.2.3, true",
        "'', 10.0.0.0/8, 10.1.2.3, false",
        "'', 10.0.0.0/8, 192.0.2.1, true",
        "'', 10.0.0.0/8, '2001:db8::1', true",
        "10.0.0.0/8, '', '::ffff:10.1.2.3', true",
        "'', 10.0.0.0/8, '::ffff:10.1.2.3', false",
        "'', 10.0.0.0/8, '::FFFF:0a01:0203', false",
        "'2001:db8::/32', '', '2001:db8:1::1', true",
        "'2001:db8::/32', '', '2001:db9::1', false",
        "'2001:db8::/32', '', '2001:db8::1%eth0', true",
        "'2001:db8::1', '', '2001:0DB8:0:0:0:0:0:1', true",
        "0.0.0.0/0, '', '2001:db8::1', false",
        "'::/0', '', 10.1.2.3, false",
        "'0.0.0.0/0, ::/0', '', '2001:db8::1', true",
    })
    void decidesByTheMostCarefulReading(String allow, String deny, String address, boolean passes) {
        Problems problems = new Problems();
        IpRules rules =
                IpRulesFilter.builder().allow(list(allow)).deny(list(deny)).options(problems);
        assertThat(problems.list()).isEmpty();
        assertThat(rules.allows(IpAddress.parse(address))).isEqualTo(passes);
    }

    @Test
    void refusesWhoHasNoAddress() {
        assertThat(IpRulesFilter.builder()
                        .deny("10.0.0.0/8")
                        .options(new Problems())
                        .allows(null))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesWithAProblemAndBelievesNobodyAboutTheAddress(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter("rules", IpRulesFilter.builder().allow("192.0.2.0/24").build())
                .serve("/", (request, response) -> response.getWriter().print("inside"))
                .start()) {
            RawResponse response = RawClient.exchange(
                    app.port(),
                    RawRequest.get("/").header("X-Forwarded-For", "192.0.2.1").header("Forwarded", "for=192.0.2.1"));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.bodyText())
                    .contains("\"rule\":\"address-not-allowed\"")
                    .doesNotContain("inside", "127.0.0.1");
        }
    }

    @Test
    void believesTrustedProxies() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .contextParam("lintel.trustedProxies", "127.0.0.1")
                .filter("rules", IpRulesFilter.builder().allow("192.0.2.0/24").build())
                .serve("/", (request, response) -> {})
                .start()) {
            RawRequest request = RawRequest.get("/");
            assertThat(RawClient.exchange(app.port(), request.header("X-Forwarded-For", "192.0.2.1"))
                            .status())
                    .isEqualTo(200);
            assertThat(RawClient.exchange(app.port(), request.header("X-Forwarded-For", "192.0.2.1, 198.51.100.1"))
                            .status())
                    .isEqualTo(403);
            assertThat(RawClient.exchange(app.port(), request).status()).isEqualTo(403);
        }
    }

    @Test
    void p06_namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> IpRulesFilter.builder()
                        .allow("10.0.0.0/33", "10.0.0.1/8", "localhost")
                        .deny("2001:db8::/129", "")
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly(
                                        "allow 10.0.0.0/33",
                                        "allow 10.0.0.1/8",
                                        "allow localhost",
                                        "deny 2001:db8::/129",
                                        "deny "));
        assertThatThrownBy(() -> WebApp.on(Container.JETTY_EE10)
                        .filter(FilterSetup.of("rules", IpRulesFilter.class))
                        .start())
                .rootCause()
                .hasMessageContaining("allow: none");
    }

    private static String[] list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toArray(String[]::new);
    }
}
