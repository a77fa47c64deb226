package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.transform.ResponseTransformFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to somebody, or comes of something that the URL does not tell, is answered to nobody else. */
class CachePrivacyTest {

    /** The answer says all that the upstream has seen. */
    private static Answer mirror(ReceivedRequest request) {
        return Answer.ok(request.requestLine() + "\n" + String.join("\n", request.headerLines()), FRESH);
    }

    static Stream<String> passingBy() {
        return Stream.of(
                "Authorization: Bearer x",
                "Authorization: Basic YTpi",
                "authorization:",
                "Cookie: a=b",
                "Cookie: session",
                "Cookie: =",
                "Cookie: a=b, c=d",
                "X-API-Key: k",
                "X-Auth-Token: t",
                "X.Auth.Token: t",
                "X-Client-Cert: c",
                "SSL-Client-S-DN: d",
                "Cookie2: a=b",
                "Private-Token: t",
                "Ocp-Apim-Subscription-Key: k",
                "X-Shopify-Access-Token: t",
                "Cf-Access-Jwt-Assertion: t",
                "X-MS-Client-Principal: p",
                "SM-USER: bob",
                "iv-user: bob",
                "Remote-Groups: g",
                "X-Tenant-Id: 1",
                "DPoP: p",
                "Signature: s",
                "X-Consumer-Id: 1",
                "X-Up-Calling-Line-MSISDN: 1",
                "X-Impersonate: bob",
                "X-Subscriber: 1",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: Multipart/Form-Data; boundary=x",
                "X-Forwarded-Prefix: /" + "p".repeat(300),
                "X-Remote-User: bob",
                "Range: bytes=0-0",
                "Range: bytes=0-0\nIf-Range: \"a\"",
                "If-Match: \"a\"",
                "If-Unmodified-Since: Mon, 01 Jun 2026 12:00:00 GMT",
                "X-HTTP-Method-Override: DELETE",
                "X-Method-Override: POST",
                "X-Original-URL: /admin",
                "X-Rewrite-URL: /admin",
                "X-Envoy-Original-Path: /admin",
                "Content-Length: 1\n\nx",
                "Transfer-Encoding: chunked\n\n1\r\nx\r\n0\r\n\r\n",
                "Expect: 100-continue");
    }

    @ParameterizedTest
    @MethodSource("passingBy")
    void aRequestThatPassesByNeitherGetsNorLeavesAnAnswer(String lines) {
        try (CachedGateway gateway = CachedGateway.start().scripted(CachePrivacyTest::mirror)) {
            String[] parts = lines.split("\n\n", 2);
            RawRequest passing = RawRequest.get("/a");
            for (String line : parts[0].split("\n", -1)) {
                passing = passing.line(line);
            }
            if (parts.length > 1) {
                passing = passing.following(parts[1]);
            }
            RawResponse first = gateway.send(passing);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("Cache-Status")).isEqualTo("lintel; fwd=bypass");
            assertThat(gateway.cache().size()).isZero();
            gateway.get("/a");
            assertThat(gateway.cache().size()).isEqualTo(1);
            assertThat(gateway.send(passing).header("Cache-Status")).isEqualTo("lintel; fwd=bypass");
            assertThat(gateway.asked()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie: a=b",
                "Set-Cookie2: a=b",
                "Vary: *",
                "Vary: X-Forwarded-For",
                "Vary: Accept, X-Real-IP",
                "Vary: Forwarded",
                "Vary: a, b, c, d, e, f, g, h, i",
                "Vary: a b",
                "Cache-Control: private",
                "Cache-Control: private=\"set-cookie\"",
                "Cache-Control: no-store",
                "Cache-Control: x=\"unended",
                "Cache-Control: a b",
                "Content-Type: text/event-stream",
                "Content-Type: application/grpc+proto"
            })
    void anAnswerThatMayBeSomebodysIsNotKept(String line) {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("secret", FRESH, line))) {
            assertThat(gateway.get("/a").bodyText()).isEqualTo("secret");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    /** Whoever takes a field away for clients must not make what it forbade allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Set-Cookie: a=b", "Cache-Control: private", "Vary: *", "Cache-Control: no-store", "Age: 100"})
    void whatAFilterHidesOfAnAnswerIsNotForgotten(String line) {
        String name = line.substring(0, line.indexOf(':'));
        ResponseTransformFilter hiding =
                ResponseTransformFilter.builder().remove(name).build();
        Answer answer = Answer.ok("secret", line, "Expires: Mon, 01 Jun 2026 13:00:00 GMT");
        try (CachedGateway front =
                        CachedGateway.with(CacheFilter.create(), hiding).answering(answer);
                CachedGateway behind =
                        CachedGateway.around(CacheFilter.create(), hiding).answering(answer)) {
            for (CachedGateway gateway : List.of(front, behind)) {
                assertThat(gateway.get("/a").hasHeader(name)).isFalse();
                assertThat(gateway.cache().size()).isZero();
            }
        }
    }

    @Test
    void callersWithTokensAreNeverMixed() {
        MutableClock clock = MutableClock.create();
        TestKey key = TestKey.ec("k", "ES256");
        JwtAuthFilter optional = JwtAuthFilter.builder()
                .publicKey(key.jwk())
                .algorithms("ES256")
                .anyIssuer(true)
                .audience("orders")
                .optional(true)
                .build();
        for (boolean inFront : new boolean[] {true, false}) {
            try (CachedGateway gateway = (inFront
                            ? CachedGateway.with(CacheFilter.create(), optional)
                            : CachedGateway.around(CacheFilter.create(), optional))
                    .scripted(CachePrivacyTest::mirror)) {
                gateway.clock().setWallClock(clock.instant());
                for (String who : List.of("alice", "bob", "alice")) {
                    String token = TokenBuilder.with(key, clock)
                            .subject(who)
                            .audience("orders")
                            .sign();
                    RawResponse response = gateway.get("/me", "Authorization: Bearer " + token);
                    assertThat(response.bodyText()).contains("X-User-ID: " + who);
                }
                assertThat(gateway.cache().size()).isZero();
                assertThat(gateway.get("/me").bodyText()).doesNotContain("alice", "bob");
            }
        }
    }

    @Test
    void callersWithKeysAreNeverMixedWhereverTheKeyIs() {
        for (boolean inFront : new boolean[] {true, false}) {
            ApiKeyAuthFilter keys = ApiKeyAuthFilter.builder()
                    .plainKey("acme", "key-of-acme")
                    .plainKey("shop", "key-of-shop")
                    .header("X-Odd-Name")
                    .queryParameter("k")
                    .build();
            try (CachedGateway gateway = (inFront
                            ? CachedGateway.with(CacheFilter.create(), keys)
                            : CachedGateway.around(CacheFilter.create(), keys))
                    .scripted(CachePrivacyTest::mirror)) {
                List<String> bodies = new ArrayList<>();
                bodies.add(gateway.get("/me", "X-Odd-Name: key-of-acme").bodyText());
                bodies.add(gateway.get("/me", "X-Odd-Name: key-of-shop").bodyText());
                bodies.add(gateway.get("/me?k=key-of-acme").bodyText());
                bodies.add(gateway.get("/me?k=key-of-shop").bodyText());
                for (int i = 0; i < bodies.size(); i++) {
                    assertThat(bodies.get(i)).contains(i % 2 == 0 ? "acme" : "shop");
                }
                assertThat(gateway.get("/me").status()).isEqualTo(401);
                assertThat(gateway.cache().size()).isZero();
            }
        }
    }

    /** A credential that is taken away for the upstream is a credential all the same. */
    @Test
    void aCredentialThatAFilterHidesIsOne() {
        HeaderStripFilter strip =
                HeaderStripFilter.builder().requestHeaders("Authorization").build();
        try (CachedGateway gateway = CachedGateway.with(CacheFilter.create(), strip)) {
            gateway.get("/a", "Authorization: Bearer x");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void cookiesThatMakeNoDifferenceAreThoseThatAreNamed() {
        CacheFilter named = CacheFilter.builder().ignoredCookies("_ga", "theme").build();
        try (CachedGateway gateway = CachedGateway.with(named)) {
            gateway.get("/a", "Cookie: _ga=1; theme=dark");
            assertThat(gateway.get("/a", "Cookie: _ga=2").header("Cache-Status"))
                    .contains("hit");
            for (String other : List.of("_ga=1; sid=2", "sid=2", "_ga=1;_GA=2", "_ga=1, sid=2; x=1", "theme=a; =b")) {
                assertThat(gateway.get("/a", "Cookie: " + other).header("Cache-Status"))
                        .as(other)
                        .isEqualTo("lintel; fwd=bypass");
            }
            assertThat(gateway.get("/a", "Cookie: _ga=1", "Cookie: sid=1").header("Cache-Status"))
                    .isEqualTo("lintel; fwd=bypass");
        }
    }

    /** An upstream may treat each of them in its own way, so each is one of its own. */
    @Test
    void urlsThatAreNotTheSameCharacterByCharacterShareNothing() {
        List<String> targets = List.of(
                "/account",
                "/account/",
                "/Account",
                "/account/x.css",
                "/account%2Fx.css",
                "/account%2fx.css",
                "/account/x%2Ecss",
                "/account/%78.css",
                "/account/x.css?",
                "/account/x.css?a=1",
                "/account/x.css?A=1",
                "/account/x.css?a=1&",
                "/account/x.css?a=%31",
                "/account/x.css?a=1&b=2",
                "/account/x.css?b=2&a=1",
                "/account?x.css");
        try (CachedGateway gateway = CachedGateway.start().scripted(CachePrivacyTest::mirror)) {
            for (int round = 0; round < 2; round++) {
                for (String target : targets) {
                    assertThat(gateway.get(target).bodyText()).startsWith("GET " + target + " HTTP/1.1\n");
                }
            }
            assertThat(gateway.asked()).isEqualTo(targets.size());
        }
    }

    /** What is named as an option of the connection would not get to the upstream, which would answer as if it were not there. */
    @Test
    void aFieldThatIsTakenAwayByAnOptionChoosesNothingForOthers() {
        try (CachedGateway gateway = CachedGateway.start()
                .scripted(request -> Answer.ok(
                        String.join(",", request.headers("Accept-Language")), FRESH, "Vary: Accept-Language"))) {
            gateway.get("/a", "Connection: close, Accept-Language", "Accept-Language: de");
            assertThat(gateway.get("/a", "Accept-Language: de").bodyText()).isEqualTo("de");
        }
    }

    @Test
    void hostsShareNothing() {
        try (CachedGateway gateway = CachedGateway.start().scripted(CachePrivacyTest::mirror)) {
            for (String host : List.of("a.example", "b.example", "a.example:81")) {
                RawRequest request = RawRequest.get("/a").withoutHost().header("Host", host);
                assertThat(gateway.send(request).bodyText()).contains("X-Forwarded-Host: " + host + "\n");
                assertThat(gateway.send(request).header("Cache-Status")).contains("hit");
            }
            assertThat(gateway.asked()).isEqualTo(3);
        }
    }

    /** Fields by which some applications make links, so that one sent by an attacker would be in the links of all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-Scheme",
                "X-Forwarded-Prefix",
                "X-Forwarded-Server",
                "X-Forwarded-Port",
                "X-Host",
                "X-Original-Host",
                "X-HTTP-Host-Override",
                "X-Base-URL",
                "X-Original-Proto",
                "X-ARR-SSL",
                "CF-Visitor",
                "HTTPS",
                "Forwarded"
            })
    void aFieldThatIsNotInTheUrlPoisonsNobody(String name) {
        try (CachedGateway gateway = CachedGateway.start().scripted(CachePrivacyTest::mirror)) {
            String evil = name.equals("Forwarded") ? "for=1.2.3.4;host=evil.example" : "evil.example";
            gateway.get("/a", name + ": " + evil);
            RawResponse victims = gateway.get("/a");
            assertThat(victims.bodyText()).doesNotContain("evil");
            assertThat(victims.header("Cache-Status")).doesNotContain("hit");
            gateway.get("/a", name + ": " + evil);
            assertThat(gateway.get("/a").header("Cache-Status")).contains("hit");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 414, 429, 431, 500, 501, 502, 503, 504})
    void anErrorThatSomebodyBringsAboutIsNotAnsweredToOthers(int status) {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.of(status, "no", FRESH))) {
            assertThat(gateway.get("/a").status()).isEqualTo(status);
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void longUrlsPassBy() {
        try (CachedGateway gateway =
                CachedGateway.with(CacheFilter.builder().maxKeyLength(100).build())) {
            gateway.get("/" + "a".repeat(100));
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void routesShareNothing() {
        try (CachedGateway gateway = CachedGateway.start().scripted(CachePrivacyTest::mirror)) {
            gateway.get("/other/a");
            gateway.get("/a");
            assertThat(gateway.get("/other/a").header("Cache-Status")).contains("hit");
            assertThat(gateway.cache().size()).isEqualTo(2);
        }
    }
}
