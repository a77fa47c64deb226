package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.request.TrustedProxies.ForwardedBy;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What upstreams learn of where a request comes from and goes. */
class ForwardedTest {

    private static ReceivedRequest through(
            Container container, GatewayBuilder gateway, Upstream.Builder upstream, RawRequest request) {
        try (ScriptedUpstream service = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, gateway, upstream.target(service.url()), route -> route)) {
            assertThat(app.exchange(request).status()).isEqualTo(200);
            return service.awaitRequest();
        }
    }

    private static RawRequest forged() {
        return RawRequest.get("/a")
                .header("Host", "shop.example:8443")
                .header("X-Forwarded-For", "192.0.2.7, 10.1.1.1")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "told.example")
                .header("X-Forwarded-Port", "443")
                .header("X-Forwarded-Prefix", "/x")
                .header("X-Real-IP", "192.0.2.7")
                .header("Forwarded", "for=192.0.2.7;proto=https");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void believesNobodyByDefault(Container container) {
        ReceivedRequest received = through(container, Gateway.builder(), Upstream.named("service"), forged());

        assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(received.headers("X-Forwarded-Proto")).containsExactly("http");
        assertThat(received.headers("X-Forwarded-Host")).containsExactly("shop.example:8443");
        assertThat(received.headers("X-Forwarded-Port")).containsExactly("8443");
        assertThat(received.headers("Forwarded"))
                .containsExactly("for=127.0.0.1;host=\"shop.example:8443\";proto=http");
        assertThat(received.hasHeader("X-Real-IP")).isFalse();
        assertThat(received.hasHeader("X-Forwarded-Prefix")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void extendsWhatTrustedProxySays(Container container) {
        ReceivedRequest received = through(
                container, Gateway.builder().trustedProxies("127.0.0.0/8"), Upstream.named("service"), forged());

        assertThat(received.headers("X-Forwarded-For")).containsExactly("192.0.2.7, 10.1.1.1, 127.0.0.1");
        assertThat(received.headers("X-Forwarded-Proto")).containsExactly("https");
        assertThat(received.headers("X-Forwarded-Host")).containsExactly("told.example");
        assertThat(received.headers("X-Forwarded-Port")).containsExactly("443");
        // that field may be the client's own, since this proxy speaks the other
        assertThat(received.headers("Forwarded"))
                .containsExactly("for=10.1.1.1, for=127.0.0.1;host=\"shop.example:8443\";proto=http");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void extendsForwardedOfTrustedProxy(Container container) {
        ReceivedRequest received = through(
                container,
                Gateway.builder().trustedProxies(ForwardedBy.FORWARDED, "127.0.0.0/8"),
                Upstream.named("service"),
                RawRequest.get("/a")
                        .header("X-Forwarded-For", "192.0.2.66")
                        .header("X-Forwarded-Proto", "wss")
                        .header("Forwarded", "for=192.0.2.7, for=10.1.1.1;proto=https;host=\"told.example:1\""));

        assertThat(received.headers("X-Forwarded-For")).containsExactly("10.1.1.1, 127.0.0.1");
        assertThat(received.headers("X-Forwarded-Proto")).containsExactly("https");
        assertThat(received.headers("X-Forwarded-Host")).containsExactly("told.example:1");
        assertThat(received.headers("Forwarded"))
                .containsExactly("for=192.0.2.7, for=10.1.1.1;proto=https;host=\"told.example:1\","
                        + " for=127.0.0.1;host=localhost;proto=http");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void sendsTheHostThatIsAskedFor(Container container) {
        RawRequest request = RawRequest.get("/a").header("Host", "Shop.Example:8443");

        ReceivedRequest targets = through(container, Gateway.builder(), Upstream.named("service"), request);
        ReceivedRequest preserved =
                through(container, Gateway.builder(), Upstream.named("service").preserveHost(), request);
        ReceivedRequest fixed =
                through(container, Gateway.builder(), Upstream.named("service").host("inner.example"), request);

        assertThat(targets.header("Host")).startsWith("127.0.0.1:");
        assertThat(preserved.header("Host")).isEqualTo("Shop.Example:8443");
        assertThat(fixed.header("Host")).isEqualTo("inner.example");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsFieldsOfTheClientInTheirOrder(Container container) {
        ReceivedRequest received = through(
                container,
                Gateway.builder(),
                Upstream.named("service"),
                RawRequest.get("/a")
                        .header("b-Second", "2")
                        .header("A-First", "1")
                        .header("Empty", "")
                        .header("Cookie", "a=\"b\"; c=d")
                        .header("Accept", "text/html;q=0.9, */*;q=0.1")
                        .header("If-None-Match", "W/\"x, y\"")
                        .header("Range", "bytes=0-1,5-")
                        .header("Keep-Alive", "timeout=5")
                        .header("Proxy-Connection", "keep-alive")
                        .header("Proxy-Authorization", "Basic eDp5")
                        .header("TE", "gzip")
                        .header("A-First", "again"));

        List<String> lines = received.headerLines();
        assertThat(lines)
                // Tomcat gives names in lower case
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsSubsequence(
                        "b-Second: 2",
                        "A-First: 1",
                        "A-First: again",
                        "Cookie: a=\"b\"; c=d",
                        "Accept: text/html;q=0.9, */*;q=0.1",
                        "If-None-Match: W/\"x, y\"",
                        "Range: bytes=0-1,5-");
        assertThat(received.header("Empty")).isEmpty();
        assertThat(received.rawHead()).doesNotContain("Keep-Alive", "Proxy-", "TE:", "Connection");
    }

    @Test
    void joinsCrumbsOfCookies() {
        ReceivedRequest received = through(
                Container.JETTY_EE10,
                Gateway.builder(),
                Upstream.named("service"),
                RawRequest.get("/a").header("Cookie", "a=b").header("Cookie", "c=d"));

        assertThat(received.headers("Cookie")).containsExactly("a=b; c=d");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void endsLoops(Container container) {
        try (ScriptedUpstream end = ScriptedUpstream.answering(Answer.ok("never"));
                ProxyApp app = ProxyApp.in(container, route -> route, end.url())) {
            end.answerWith(request -> {
                // what a service does that is configured to call itself through the gateway
                RawRequest again = RawRequest.get("/again").header("Via", request.header("Via"));
                RawResponse answer = RawClient.exchange(app.port(), again);
                return Answer.of(answer.status(), answer.bodyText());
            });
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isEqualTo(508);
            assertThat(response.bodyText()).contains("\"rule\":\"loop\"");
            assertThat(end.requests()).hasSizeLessThan(10);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsEntriesOfOthersInVia(Container container) {
        ReceivedRequest received = through(
                container,
                Gateway.builder(),
                Upstream.named("service"),
                RawRequest.get("/a").header("Via", "1.0 fred"));

        assertThat(received.header("Via")).startsWith("1.0 fred, 1.1 lintel (");
    }
}
