package dev.lintel.filters.ratelimit;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Stage;
import dev.lintel.limit.MissingKey;
import dev.lintel.limit.RateLimit.BlockAll;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitConfigurationTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static RateLimitOptions read(Map<String, String> params) {
        OptionReader reader = OptionReader.of(params);
        RateLimitOptions options = LimitReader.read(reader);
        reader.finish("RateLimitFilter");
        return options;
    }

    @Test
    void readsEveryInitParam() {
        RateLimitOptions options = read(Map.of(
                "limits", " per-user=100/1m , burst = 10 / 1s, closed=block",
                "algorithm", "token-bucket",
                "key", "claim:sub+address",
                "onMissingKey", "use-address",
                "headers", "none",
                "ipv6Prefix", "56",
                "maxKeys", "5000"));
        assertThat(options.limits())
                .extracting(LimitSetting::limit)
                .containsExactly(
                        TokenBucket.of("per-user", 100, MINUTE),
                        TokenBucket.of("burst", 10, Duration.ofSeconds(1)),
                        new BlockAll("closed"));
        assertThat(options.limits())
                .extracting(LimitSetting::key)
                .containsOnly(by(claim("sub"), address())
                        .onMissing(MissingKey.USE_ADDRESS)
                        .ipv6Prefix(56));
        assertThat(options.headers()).isEqualTo(RateLimitFilter.Headers.NONE);
        assertThat(options.maxKeys()).isEqualTo(5_000);
    }

    @Test
    void hasTheSameDefaultsInCodeAndInInitParams() {
        RateLimitOptions options = read(Map.of("limits", "x=1/1m"));
        assertThat(options.limits()).containsExactly(LimitSetting.of(TokenBucket.of("x", 1, MINUTE)));
        assertThat(options.headers()).isEqualTo(RateLimitFilter.Headers.DRAFT);
        assertThat(options.maxKeys()).isEqualTo(100_000);
        assertThat(RateLimitFilter.builder().limit("x", 1, MINUTE).build())
                .hasToString("RateLimitFilter[x by address]");
    }

    @Test
    void readsFixedWindows() {
        assertThat(read(Map.of("limits", "x=5/1h", "algorithm", "fixed-window")).limits())
                .extracting(LimitSetting::limit)
                .containsExactly(new FixedWindow("x", 5, Duration.ofHours(1)));
    }

    /** K28, as text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits       |                       | limits: none (expected: at least one)",
                "limits       | x                     | limits: x (expected: name=number/duration",
                "limits       | x=                    | limits: x= (expected: name=number/duration",
                "limits       | x=5                   | limits: x=5 (expected",
                "limits       | x=5/                  | limits: x=5/ (expected",
                "limits       | x=/1m                 | limits: x=/1m (expected",
                "limits       | x=5/m                 | limits: x=5/m (expected",
                "limits       | x=5/1m/2              | limits: x=5/1m/2 (expected",
                "limits       | x=0/1m                | limits.capacity: 0 (expected: 1 to 1000000000; to refuse",
                "limits       | x=-1/1m               | limits.capacity: -1",
                "limits       | x=99999999999/1m      | limits.capacity: 99999999999",
                "limits       | x=99999999999999999999/1m | limits: x=99999999999999999999/1m",
                "limits       | x=5/0s                | limits.period: PT0S",
                "limits       | x=5/0                 | limits.period: PT0S",
                "limits       | a b=5/1m              | limits.name: a b (expected: 1 to 64",
                "limits       | x=1/1m,x=2/1m         | limits.x: given twice (expected: each name once)",
                "key          | user                  | key: user (expected: address, api-key",
                "key          | claim:                | key: claim: (expected",
                "onMissingKey | share                 | onMissingKey: share (expected: one of refuse, skip, use-address)",
                "headers      | x-rate           | headers: x-rate (expected: one of draft, x-ratelimit, ietf-03, kong, none)",
                "algorithm    | sliding               | algorithm: sliding (expected: one of token-bucket, fixed-window, sliding-window",
                "ipv6Prefix   | 0                     | ipv6Prefix: 0 (expected: a whole number from 1 to 128)",
                "ipv6Prefix   | 129                   | ipv6Prefix: 129",
                "maxKeys      | 0                     | maxKeys: 0 (expected: a whole number from 1 to 10000000)",
                "maxkeys      | 5                     | maxkeys: unknown option (expected: maxKeys? one of"
            })
    void k28RefusesInitParamsThatCannotBeMeant(String name, String value, String message) {
        Map<String, String> params = new LinkedHashMap<>(Map.of("limits", "ok=1/1m"));
        params.put(name, value == null ? "" : value);
        assertThatThrownBy(() -> read(params))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> RateLimitFilter.builder()
                        .limit("a", 0, MINUTE)
                        .fixedWindow("b", 5, Duration.ofMillis(1_500))
                        .blockAll("c d")
                        .limit("e", 1, MINUTE)
                        .limit("e", 2, MINUTE)
                        .maxKeys(0)
                        .build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("RateLimitFilter: 5 problems")
                .hasMessageContaining("limits.a.capacity: 0")
                .hasMessageContaining("limits.b.window: PT1.5S")
                .hasMessageContaining("limits.c d.name: c d")
                .hasMessageContaining("limits.e: given twice")
                .hasMessageContaining("maxKeys: 0");
    }

    @Test
    void refusesAFilterWithoutLimitsAndAKeyWithoutLimits() {
        assertThatThrownBy(() -> RateLimitFilter.builder().build()).hasMessageContaining("limits: none");
        assertThatThrownBy(() -> RateLimitFilter.builder()
                        .key(by(address()))
                        .limit("x", 1, MINUTE)
                        .build())
                .hasMessageContaining("key: address (expected: after the limits that it is for)");
    }

    @Test
    void givesAKeyToTheLimitsBeforeIt() {
        assertThat(RateLimitFilter.builder()
                        .limit("a", 1, MINUTE)
                        .limit("b", 1, MINUTE)
                        .key(by(claim("sub")))
                        .fixedWindow("c", 1, MINUTE)
                        .key(by(claim("org")))
                        .blockAll("d")
                        .build())
                .hasToString("RateLimitFilter[a by claim:sub, b by claim:sub, c by claim:org, d by address]");
    }

    @Test
    void standsBeforeAuthenticationUnlessItCountsByCaller() {
        assertThat(RateLimitFilter.builder().limit("x", 1, MINUTE).build().stage())
                .isEqualTo(Stage.ADDRESS_LIMIT);
        assertThat(RateLimitFilter.builder()
                        .limit("x", 1, MINUTE)
                        .limit("y", 1, MINUTE)
                        .key(by(claim("sub")))
                        .build()
                        .stage())
                .isEqualTo(Stage.CALLER_LIMIT);
        assertThatNoException().isThrownBy(() -> new RateLimitFilter().stage());
    }
}
