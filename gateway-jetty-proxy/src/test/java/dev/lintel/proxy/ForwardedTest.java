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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** More of them than are remembered, each twice, one in another's place. */
    @Test
    void tellsOfEachHostWhatWasSentToIt() {
        try (ScriptedUpstream service = ScriptedUpstream.answering(Answer.ok("fine"));
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, service.url());
                RawClient client = app.connect()) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 400; i++) {
                    client.send(RawRequest.get("/a").header("Host", "h" + i % 100 + ".example:" + (8000 + i / 100)))
                            .readResponse();
                }
            }
            assertThat(service.awaitRequests(800)).hasSize(800).allSatisfy(received -> {
                String host = received.header("X-Forwarded-Host");
                int at = service.requests().indexOf(received) % 400;
                assertThat(host).isEqualTo("h" + at % 100 + ".example:" + (8000 + at / 100));
                assertThat(received.header("X-Forwarded-Port")).isEqualTo(host.substring(host.indexOf(':') + 1));
                assertThat(received.header("Forwarded")).isEqualTo("for=127.0.0.1;host=\"" + host + "\";proto=http");
            });
        }
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

    /** Fields of a trusted proxy, and what upstreams see of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X-Forwarded-Proto: HTTPS|X-Forwarded-Proto: https|X-Forwarded-Port: 443",
                "X-Forwarded-Proto: https, http|X-Forwarded-Proto: http|X-Forwarded-Port: 80",
                "X-Forwarded-Proto: https~X-Forwarded-Proto: https|X-Forwarded-Proto: http|X-Forwarded-Port: 80",
                "X-Forwarded-Proto: https://evil/|X-Forwarded-Proto: http|X-Forwarded-Port: 80",
                "X-Forwarded-Host: Told.Example:8443|X-Forwarded-Host: told.example:8443|X-Forwarded-Port: 8443",
                "X-Forwarded-Host: [::1]:8443|X-Forwarded-Host: [::1]:8443|X-Forwarded-Port: 8443",
                "X-Forwarded-Host: a.example, b.example|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Host: a.example~X-Forwarded-Host: b.example|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Host: u@a.example|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Host: a.example/x|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Host: a\";for=10.0.0.1|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Host: told.example~X-Forwarded-Port: 65535|X-Forwarded-Host: told.example"
                        + "|X-Forwarded-Port: 65535",
                "X-Forwarded-Port: 65536|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Port: 443, 80|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Port: 0443|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-Port: x|X-Forwarded-Host: gw|X-Forwarded-Port: 80",
                "X-Forwarded-For: _a, unknown, [2001:db8::1]:80, 192.0.2.7:1|X-Forwarded-Host: gw"
                        + "|X-Forwarded-For: _a, unknown, [2001:db8::1]:80, 192.0.2.7:1, 127.0.0.1",
                "X-Forwarded-For: <script>, 192.0.2.7|X-Forwarded-Host: gw|X-Forwarded-For: 192.0.2.7, 127.0.0.1",
                "X-Forwarded-For: a\"b, 192.0.2.7|X-Forwarded-Host: gw|X-Forwarded-For: 192.0.2.7, 127.0.0.1"
            })
    void believesOfTrustedProxiesOnlySingleValidValues(String sent, String seen, String alsoSeen) {
        GatewayBuilder gateway = Gateway.builder().trustedProxies("127.0.0.0/8");
        assertThat(seenWith(gateway, sent)).containsOnlyOnce(seen + "\r\n").containsOnlyOnce(alsoSeen + "\r\n");
    }

    @Test
    void tellsNoChainThatIsLongerThanAnyRealOne() {
        GatewayBuilder gateway = Gateway.builder().trustedProxies("127.0.0.0/8");
        assertThat(seenWith(gateway, "X-Forwarded-For: " + "192.0.2.1, ".repeat(32) + "192.0.2.7"))
                .contains("X-Forwarded-For: 192.0.2.7, 127.0.0.1\r\n");
    }

    /** RFC 7239 section 4: what is not well-formed to its end is as if it were not there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=192.0.2.7;proto=https;host=told.example|https|told.example|kept",
                "For=\"[2001:db8::1]:80\" ; Proto=\"HTTPS\";;host=\"told.example:1\";by=_x;secret=\"a\\\"b, c\"|https"
                        + "|told.example:1|kept",
                "host=a.example , for=192.0.2.7|http|gw|kept",
                "proto=https;host=a, for=192.0.2.7, |http|gw|kept",
                "proto=wss;host=\"a b\"|http|gw|kept",
                "host=\"a.example\\\";for=10.0.0.1\"|http|gw|kept",
                "for=\"192.0.2.7;proto=https|http|gw|",
                "for=192.0.2.7\\\"|http|gw|",
                "proto=https;proto=http|http|gw|",
                "for=192.0.2.7;for=192.0.2.8;proto=https|http|gw|",
                "by=_a;by=_b;proto=https|http|gw|",
                "proto=|http|gw|",
                "=https|http|gw|",
                "proto|http|gw|",
                "proto = https|http|gw|",
                "proto=https host=told.example|http|gw|",
                "proto=https;host=told.example:1|http|gw|"
            })
    void readsForwardedOfTrustedProxiesToItsEnd(String sent, String proto, String host, @Nullable String kept) {
        GatewayBuilder gateway = Gateway.builder().trustedProxies(ForwardedBy.FORWARDED, "127.0.0.0/8");
        assertThat(seenWith(gateway, "Forwarded: " + sent))
                .contains("X-Forwarded-Proto: " + proto + "\r\n")
                .contains("X-Forwarded-Host: " + host + "\r\n")
                .containsPattern("\r\nForwarded: "
                        + (kept == null ? "(for=192[0-9.]+, )?" : Pattern.quote(sent.strip() + ", "))
                        + "for=127.0.0.1;host=gw;proto=http\r\n");
    }

    private static String seenWith(GatewayBuilder gateway, String lines) {
        RawRequest request = RawRequest.raw("GET /a HTTP/1.1", "Host: gw");
        for (String line : lines.split("~", -1)) {
            request = request.line(line);
        }
        return through(Container.JETTY_EE10, gateway, Upstream.named("service"), request)
                .rawHead();
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
                        "Cookie: a=\"b\"; c=d",
                        "Accept: text/html;q=0.9, */*;q=0.1",
                        "If-None-Match: W/\"x, y\"",
                        "Range: bytes=0-1,5-");
        // the second line stays where it was, or comes next to the first where the container keeps no order of lines
        assertThat(received.headers("A-First")).containsExactly("1", "again");
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
