package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Time;
import dev.lintel.testing.Container;
import dev.lintel.testing.IssuerFault;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestIssuer;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter and an issuer that rotates, fails and comes back, over real sockets; the age of keys by a clock of ours. */
class RemoteIssuerTest {

    private final TestIssuer issuer = TestIssuer.start();
    private final MutableClock clock = MutableClock.create();
    private final Time time = new Time(InstantSource.system(), clock.monotonic());

    @AfterEach
    void stopIssuer() {
        issuer.fail(IssuerFault.NONE);
        issuer.close();
    }

    private JwtAuthFilterBuilder filter() {
        return JwtAuthFilter.builder()
                .issuer(issuer.url())
                .anyAudience(true)
                .jwksUri(issuer.keySetUrl())
                .time(time);
    }

    private static WebApp app(JwtAuthFilterBuilder filter) {
        return app(filter.build());
    }

    private static WebApp app(JwtAuthFilter filter) {
        return WebApp.on(Container.JETTY_EE10)
                .filter("jwt", filter)
                .serve("/*", (request, response) -> response.getWriter().print(request.getHeader("X-User-ID")))
                .start();
    }

    private static RawResponse get(WebApp app, String token) {
        return RawClient.exchange(app.port(), RawRequest.get("/").close().bearer(token));
    }

    private static int status(WebApp app, String token) {
        return get(app, token).status();
    }

    private void waitForKeys(WebApp app) {
        accepts(app, issuer.token().sign());
        // whatever that cost, requests may cause a fetch again
        clock.advance(Duration.ofSeconds(30));
    }

    /** In the end: a request waits for no more than a second of real time for keys, which a busy machine may exceed. */
    private static void accepts(WebApp app, String token) {
        await().untilAsserted(() -> assertThat(status(app, token)).isEqualTo(200));
    }

    @Test
    void startsWithoutTheIssuerAndSaysWhenToComeAgain() {
        issuer.fail(IssuerFault.REFUSE);
        try (WebApp app = app(filter())) {
            RawResponse response = get(app, issuer.token().sign());
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("10");
            assertThat(response.bodyText()).contains("\"rule\":\"keys-unavailable\"");
            assertThat(response.hasHeader("WWW-Authenticate")).isFalse();
            issuer.fail(IssuerFault.NONE);
            clock.advance(Duration.ofSeconds(30));
            accepts(app, issuer.token().sign());
        }
    }

    @Test
    void waitsForTheFirstKeysAndNotLongerThanItMay() {
        issuer.fail(IssuerFault.HANG);
        try (WebApp app = app(filter())) {
            assertThat(status(app, issuer.token().sign())).isEqualTo(503);
            issuer.fail(IssuerFault.NONE);
            accepts(app, issuer.token().sign());
        }
    }

    @Test
    void doesNotWaitForKeysAsLongAsAFetchMayTake() {
        issuer.fail(IssuerFault.HANG);
        // as long as can be: whoever waited for the fetch would have no answer when this client gives up
        try (WebApp app = app(filter().jwksTimeout(Duration.ofSeconds(30)))) {
            RawResponse response = get(app, issuer.token().sign());
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.bodyText()).contains("\"rule\":\"keys-unavailable\"");
            issuer.awaitKeySetFetches(1);
            assertThat(issuer.server().requests()).singleElement().satisfies(fetch -> {
                assertThat(fetch.path()).isEqualTo(TestIssuer.KEY_SET_PATH);
                assertThat(fetch.aborted()).as("end of the fetch").isNull();
            });
            // nor as long as one may take by default; the documentation says one second
            assertThat(KeySource.MAX_WAIT).isEqualTo(Duration.ofSeconds(1));
            issuer.fail(IssuerFault.NONE);
            accepts(app, issuer.token().sign());
            assertThat(issuer.keySetFetches()).isEqualTo(1);
        }
    }

    @Test
    void acceptsANewKeyAfterOneFetch() {
        try (WebApp app = app(filter())) {
            waitForKeys(app);
            int before = issuer.keySetFetches();
            String old = issuer.token().sign();
            issuer.rotate();
            accepts(app, issuer.token().sign());
            assertThat(status(app, issuer.token().signedBy(issuer.ecKey()).sign()))
                    .isEqualTo(200);
            accepts(app, old);
            assertThat(issuer.keySetFetches()).isEqualTo(before + 1);
        }
    }

    @Test
    void refusesTheTokensOfAKeyThatIsGone() {
        try (WebApp app = app(filter())) {
            waitForKeys(app);
            String old = issuer.token().sign();
            accepts(app, old);
            issuer.rotate();
            issuer.removeKey("rsa-0");
            assertThat(status(app, old)).as("until the next fetch").isEqualTo(200);
            accepts(app, issuer.token().sign());
            assertThat(status(app, old)).isEqualTo(401);
        }
    }

    @Test
    void fetchesAtMostOnceInThirtySecondsForUnknownKeys() {
        try (WebApp app = app(filter())) {
            waitForKeys(app);
            int before = issuer.keySetFetches();
            TestKey forger = TestKey.ec("forged", "ES256");
            for (int i = 0; i < 200; i++) {
                String forged = issuer.token()
                        .signedBy(forger)
                        .keyId(UUID.randomUUID().toString())
                        .sign();
                assertThat(status(app, forged)).isEqualTo(401);
            }
            assertThat(issuer.keySetFetches()).isEqualTo(before + 1);
            clock.advance(Duration.ofSeconds(30));
            assertThat(status(app, issuer.token().keyId("another").sign())).isEqualTo(401);
            issuer.awaitKeySetFetches(before + 2);
            assertThat(issuer.keySetFetches()).isEqualTo(before + 2);
        }
    }

    @Test
    void letsAllRequestsWaitForOneFetch() throws Exception {
        try (WebApp app = app(filter())) {
            waitForKeys(app);
            int before = issuer.keySetFetches();
            issuer.rotate();
            String token = issuer.token().sign();
            ExecutorService clients = Executors.newFixedThreadPool(64);
            try {
                List<Future<?>> answers = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    answers.add(clients.submit(() -> accepts(app, token)));
                }
                for (Future<?> answer : answers) {
                    answer.get();
                }
            } finally {
                clients.shutdownNow();
            }
            assertThat(issuer.keySetFetches()).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IssuerFault.class,
            names = {"REFUSE", "ERROR", "HTML", "GARBAGE", "REDIRECT"})
    void usesItsKeysThroughAnOutageOfAnHour(IssuerFault fault) {
        try (WebApp app = app(filter())) {
            waitForKeys(app);
            String cached = issuer.token().sign();
            accepts(app, cached);
            issuer.fail(fault);
            clock.advance(Duration.ofMinutes(60).minusSeconds(30));
            accepts(app, cached);
            accepts(app, issuer.token().subject("bob").sign());
            assertThat(status(app, issuer.token().keyId("new").sign())).isEqualTo(401);
            clock.advance(Duration.ofMillis(1));
            assertThat(status(app, cached)).isEqualTo(503);
            issuer.fail(IssuerFault.NONE);
            clock.advance(Duration.ofSeconds(30));
            accepts(app, cached);
        }
    }

    @Test
    void ignoresWhatIsNotForSignatures() {
        TestKey encryption = issuer.publishEncryptionKey("enc");
        try (WebApp app = app(filter())) {
            waitForKeys(app);
            assertThat(status(app, issuer.token().signedBy(encryption).sign())).isEqualTo(401);
        }
    }

    @Test
    void sharesOneSetAmongFiltersWithTheSameIssuer() {
        try (WebApp app = app(filter());
                WebApp other = app(filter().requiredRoles("admin"))) {
            waitForKeys(app);
            assertThat(status(other, issuer.token().sign())).isEqualTo(403);
            assertThat(issuer.keySetFetches()).isEqualTo(1);
        }
    }

    @Test
    void keepsTheSetWhenOneFilterFollowsAnother() {
        WebApp before = app(filter());
        waitForKeys(before);
        issuer.fail(IssuerFault.REFUSE);
        try (WebApp after = app(filter())) {
            before.close();
            assertThat(status(after, issuer.token().sign())).isEqualTo(200);
        }
    }

    @Test
    void servesOneMountingWhenAnotherOfTheSameFilterEnds() {
        JwtAuthFilter filter = filter().build();
        try (WebApp after = app(filter)) {
            try (WebApp before = app(filter)) {
                waitForKeys(before);
            }
            issuer.fail(IssuerFault.REFUSE);
            assertThat(status(after, issuer.token().sign())).isEqualTo(200);
        }
    }

    @Test
    void endsItsThreadsWithTheLastFilter() {
        Set<Thread> before = httpThreads();
        try (WebApp app = app(filter())) {
            waitForKeys(app);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            // The client ends its thread once it is out of reach.
            System.gc();
            assertThat(before).containsAll(httpThreads());
        });
    }

    private static Set<Thread> httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }

    @Test
    void trustsNoCertificateOfAnUnknownAuthority() {
        try (TestIssuer unknown = TestIssuer.startTls(
                        InstantSource.system(),
                        TestAuthority.create().issue("localhost", "127.0.0.1").context());
                WebApp app = app(JwtAuthFilter.builder()
                        .issuer(unknown.url())
                        .anyAudience(true)
                        .time(time))) {
            assertThat(status(app, unknown.token().sign())).isEqualTo(503);
            assertThat(unknown.discoveryFetches()).isZero();
        }
    }
}
