package dev.lintel.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {

    @Test
    void keepsItsTargetsInOrder() {
        Upstream upstream = Upstream.named("orders")
                .target("http://b")
                .target("http://a:81/x")
                .build();
        assertThat(upstream.source().targets())
                .containsExactly(Target.parse("http://b"), Target.parse("http://a:81/x"))
                .isUnmodifiable();
        assertThat(upstream.source().targets()).isSameAs(upstream.source().targets());
        assertThat(upstream.hostHeader()).isEqualTo(Upstream.HostHeader.TARGET);
        assertThat(upstream.maxConnections()).isEqualTo(256);
        assertThat(upstream.fixedHost()).isNull();
        assertThat(upstream).hasToString("orders [http://b, http://a:81/x]");
    }

    @Test
    void tellsEveryProblemAtOnce() {
        GatewayException wrong = catchThrowableOfType(
                GatewayException.class,
                () -> Upstream.named("a b")
                        .target("http://a")
                        .target("HTTP://A:80/")
                        .target("ftp://a")
                        .target("http://user:s3cret@a")
                        .targets(List::of)
                        .host("a\r\nX: y")
                        .maxConnections(0)
                        .build());
        assertThat(wrong.problems())
                .map(Problem::toString)
                .containsExactly(
                        "a b.name: a b (expected: 1 to 64 letters, digits, -, _ and .)",
                        "a b.target: HTTP://A:80/ (expected: each target once)",
                        "a b.target: ftp://a (expected: http://host[:port][/base] or https://host[:port][/base])",
                        "a b.target: URL with a user (expected: http://host[:port][/base] or https://host[:port][/base])",
                        "a b.targets: both (expected: either a source or fixed targets)",
                        "a b.host: not shown (expected: host[:port])",
                        "a b.maxConnections: 0 (expected: a whole number from 1 to 65535)");
        assertThat(wrong).hasMessageNotContaining("s3cret");
    }

    @Test
    void needsATargetOrASource() {
        assertThatThrownBy(() -> Upstream.named("a").build())
                .hasMessageContaining("a.target: none (expected: at least one target, or a source)");
        assertThat(Upstream.named("a").targets(List::of).build().source().targets())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:99999", "a,b", "u@a", "\u00fc"})
    void refusesAFixedHostThatIsNone(String host) {
        assertThatThrownBy(
                        () -> Upstream.named("a").target("http://a").host(host).build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("a.host: ");
    }

    @Test
    void sendsTheHostAsToldLast() {
        Upstream fixed = Upstream.named("a")
                .target("http://a")
                .preserveHost()
                .host("B.example:81")
                .build();
        assertThat(fixed.hostHeader()).isEqualTo(Upstream.HostHeader.FIXED);
        assertThat(fixed.fixedHost()).isEqualTo("B.example:81");
        Upstream preserved =
                Upstream.named("a").target("http://a").host("b").preserveHost().build();
        assertThat(preserved.hostHeader()).isEqualTo(Upstream.HostHeader.PRESERVED);
        assertThat(preserved.fixedHost()).isNull();
    }

    @Test
    void makesABalancerWithATurnOfItsOwn() {
        Upstream upstream =
                Upstream.named("a").target("http://a").target("http://b").build();
        List<Target> targets = upstream.source().targets();
        LoadBalancer one = upstream.newLoadBalancer();
        LoadBalancer other = upstream.newLoadBalancer();
        assertThat(one.choose(targets)).isEqualTo(targets.get(0));
        assertThat(one.choose(targets)).isEqualTo(targets.get(1));
        assertThat(other.choose(targets)).isEqualTo(targets.get(0));
    }

    @Test
    void speaksHttp2WhereTheSchemeFits() {
        assertThat(Upstream.named("a").target("https://a").build().protocol()).isEqualTo(Upstream.Protocol.H1);
        assertThat(Upstream.named("a")
                        .target("https://a")
                        .protocol(Upstream.Protocol.H2)
                        .build()
                        .protocol())
                .isEqualTo(Upstream.Protocol.H2);
        assertThat(Upstream.named("a")
                        .target("http://a")
                        .protocol(Upstream.Protocol.H2C)
                        .build()
                        .protocol())
                .isEqualTo(Upstream.Protocol.H2C);
        assertThatThrownBy(() -> Upstream.named("a")
                        .target("http://a")
                        .protocol(Upstream.Protocol.H2)
                        .build())
                .hasMessageContaining("a.protocol: h2 (expected: https targets)");
        assertThatThrownBy(() -> Upstream.named("a")
                        .target("https://a")
                        .protocol(Upstream.Protocol.H2C)
                        .build())
                .hasMessageContaining("a.protocol: h2c (expected: http targets; h2 for https ones)");
    }
}
