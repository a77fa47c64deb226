package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.reject.Rejection;
import dev.lintel.testing.Answer;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an answer that is not fresh any more: it is asked about, confirmed, replaced, or stands in for an error. */
class CacheRevalidationTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 2048, 2049, 1 << 20})
    void whatIsConfirmedIsAnsweredWholeAndFreshAgain(int size) {
        GeneratedBody body = GeneratedBody.of(size);
        try (CachedGateway gateway = CachedGateway.start()
                .scripted(request -> request.hasHeader("If-None-Match")
                        ? Answer.head(304, FRESH, "ETag: \"a\"", "X-New: yes")
                        : Answer.generated(body, FRESH, "ETag: \"a\"", "X-New: no", "X-Old: yes"))) {
            String whole = gateway.get("/a").bodySha256();
            gateway.pass(61);
            RawResponse confirmed = gateway.get("/a");
            assertThat(confirmed.status()).isEqualTo(200);
            assertThat(confirmed.complete()).isTrue();
            assertThat(confirmed.bodySha256()).isEqualTo(whole);
            assertThat(confirmed.headers("X-New")).containsExactly("yes");
            assertThat(confirmed.headers("X-Old")).containsExactly("yes");
            assertThat(confirmed.header("Cache-Status")).isEqualTo("lintel; fwd=stale; fwd-status=304");
            RawResponse again = gateway.get("/a");
            assertThat(again.header("Cache-Status")).isEqualTo("lintel; hit; ttl=60");
            assertThat(again.bodySha256()).isEqualTo(whole);
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }

    @Test
    void aClientThatHasItAlreadyIsToldSoOnceItIsConfirmed() {
        try (CachedGateway gateway = CachedGateway.start().scripted(CacheRevalidationTest::tagged)) {
            gateway.get("/a");
            gateway.pass(61);
            RawResponse confirmed = gateway.get("/a", "If-None-Match: \"x\", W/\"a\"");
            assertThat(confirmed.status()).isEqualTo(304);
            assertThat(confirmed.header("ETag")).isEqualTo("\"a\"");
            gateway.pass(61);
            // who has another one gets this one
            assertThat(gateway.get("/a", "If-None-Match: \"x\"").bodyText()).isEqualTo("tagged");
            List<ReceivedRequest> asked = gateway.upstream().requests();
            assertThat(asked.subList(1, 3))
                    .allMatch(request -> request.headers("If-None-Match").equals(List.of("\"a\"")));
        }
    }

    private static Answer tagged(ReceivedRequest request) {
        return request.headers("If-None-Match").equals(List.of("\"a\""))
                ? Answer.head(304, FRESH, "ETag: \"a\"")
                : Answer.ok("tagged", FRESH, "ETag: \"a\"");
    }

    @Test
    void aClientWithNothingKeptForItAsksItself() {
        try (CachedGateway gateway = CachedGateway.start().scripted(CacheRevalidationTest::tagged)) {
            assertThat(gateway.get("/a", "If-None-Match: \"a\"").status()).isEqualTo(304);
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void whatIsNotConfirmedIsReplaced() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("old", FRESH, "ETag: \"a\""))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.ok("new", FRESH, "ETag: \"b\""));
            assertThat(gateway.get("/a").bodyText()).isEqualTo("new");
            assertThat(gateway.get("/a").bodyText()).isEqualTo("new");
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }

    @Test
    void whatIsReplacedBySomethingThatIsNotKeptIsGone() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("old", FRESH, "ETag: \"a\""))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.ok("secret", "Cache-Control: no-store"));
            assertThat(gateway.get("/a").bodyText()).isEqualTo("secret");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    /** It is for the one that is answered, and for nobody after. */
    @Test
    void aCookieThatComesWithAConfirmationIsNotKept() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("a", FRESH, "ETag: \"a\""))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.head(304, FRESH, "ETag: \"a\"", "Set-Cookie: s=1"));
            RawResponse confirmed = gateway.get("/a");
            assertThat(confirmed.bodyText()).isEqualTo("a");
            assertThat(confirmed.headers("Set-Cookie")).containsExactly("s=1");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void aCookieThatComesWithAConfirmationGoesToAClientThatHasTheRest() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("a", FRESH, "ETag: \"a\""))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.head(304, FRESH, "ETag: \"a\"", "Set-Cookie: s=1"));
            RawResponse confirmed = gateway.get("/a", "If-None-Match: \"a\"");
            assertThat(confirmed.status()).isEqualTo(304);
            assertThat(confirmed.headers("Set-Cookie")).containsExactly("s=1");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void aConfirmationThatForbidsToKeepItIsFollowed() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("a", FRESH, "ETag: \"a\""))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.head(304, "Cache-Control: private", "ETag: \"a\""));
            assertThat(gateway.get("/a").bodyText()).isEqualTo("a");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    private static final String STAND_IN = "Cache-Control: max-age=60, stale-if-error=100";

    @Test
    void whatIsStaleStandsInForAnErrorWhereItSaysSoAndForAsLong() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("old", STAND_IN))) {
            gateway.get("/a");
            gateway.pass(61);
            List<Answer> errors = List.of(
                    Answer.of(500, "no"),
                    Answer.of(503, "no", "Retry-After: 7", "Set-Cookie: a=b"),
                    Answer.of(502, "x".repeat(100_000)),
                    Answer.reset(),
                    Answer.close());
            for (Answer error : errors) {
                gateway.answering(error);
                RawResponse response = gateway.get("/a");
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.bodyText()).isEqualTo("old");
                assertThat(response.complete()).isTrue();
                assertThat(response.header("Age")).isEqualTo("61");
                assertThat(response.hasHeader("Retry-After")).isFalse();
                assertThat(response.hasHeader("Set-Cookie")).isFalse();
                assertThat(response.header("Cache-Status")).startsWith("lintel; fwd=stale; fwd-status=5");
            }
            // it had begun to answer something else
            gateway.answering(Answer.truncated(100, "abc", PeerClose.RESET));
            assertThat(gateway.get("/a").bodyText()).isNotEqualTo("old");
            gateway.answering(Answer.of(404, "gone"));
            assertThat(gateway.get("/a").status()).isEqualTo(404);
            gateway.answering(Answer.ok("old", STAND_IN));
            gateway.get("/a");
            gateway.pass(161);
            gateway.answering(Answer.of(503, "no"));
            assertThat(gateway.get("/a").status()).isEqualTo(503);
        }
    }

    /** Whoever can bring one about has not changed anything. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 406, 408, 414, 429, 431, 451})
    void anErrorThatIsAboutOneRequestDoesNotTakeAwayWhatStandsIn(int status) {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("old", STAND_IN))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.of(status, "no"));
            assertThat(gateway.get("/a").status()).isEqualTo(status);
            gateway.answering(Answer.of(503, "no"));
            assertThat(gateway.get("/a").bodyText()).isEqualTo("old");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 410})
    void whatIsSaidOfTheResourceTakesAwayWhatStoodIn(int status) {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("old", STAND_IN))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.of(status, "new", "Cache-Control: no-store"));
            assertThat(gateway.get("/a").status()).isEqualTo(status);
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void aRefusalBehindTheCacheDoesNotTakeAwayWhatStandsIn() {
        Filter refusing = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            if (http.getHeader("X-Refused") == null) {
                chain.doFilter(request, response);
                return;
            }
            Objects.requireNonNull(Exchange.of(request)).rejection(Rejection.gateway(404, "refused", "Refused."));
            ((HttpServletResponse) response).setStatus(404);
        };
        try (CachedGateway gateway =
                CachedGateway.around(CacheFilter.create(), refusing).answering(Answer.ok("old", STAND_IN))) {
            gateway.get("/a");
            gateway.pass(61);
            assertThat(gateway.get("/a", "X-Refused: 1").status()).isEqualTo(404);
            gateway.answering(Answer.of(503, "no"));
            assertThat(gateway.get("/a").bodyText()).isEqualTo("old");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=60", "no-cache"})
    void whatMayNotBeAnsweredStaleDoesNotStandIn(String directive) {
        try (CachedGateway gateway =
                CachedGateway.start().answering(Answer.ok("old", STAND_IN + ", " + directive, "ETag: \"a\""))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.of(503, "no"));
            assertThat(gateway.get("/a").status()).isEqualTo(503);
        }
    }

    @Test
    void clientsDoNotHaveTheUpstreamAskedUnlessTheyMay() {
        CacheFilter obeying = CacheFilter.builder().clientsMayRevalidate(true).build();
        try (CachedGateway firm = CachedGateway.start();
                CachedGateway obedient = CachedGateway.with(obeying)) {
            for (CachedGateway gateway : List.of(firm, obedient)) {
                gateway.get("/a");
                gateway.pass(1);
                gateway.get("/a", "Cache-Control: no-cache");
                gateway.get("/a", "Pragma: no-cache");
                gateway.pass(1);
                gateway.get("/a", "Cache-Control: max-age=0");
                gateway.get("/a", "Cache-Control: min-fresh=100");
                gateway.get("/a", "Cache-Control: no-store");
            }
            assertThat(firm.asked()).isEqualTo(1);
            assertThat(obedient.asked()).isEqualTo(6);
        }
    }

    @Test
    void whatAClientWillNotHaveKeptIsNotKept() {
        try (CachedGateway gateway = CachedGateway.start()) {
            gateway.get("/a", "Cache-Control: no-store");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @Test
    void onlyIfCachedAsksNobody() {
        try (CachedGateway gateway = CachedGateway.start()) {
            RawResponse none = gateway.get("/a", "Cache-Control: only-if-cached");
            assertThat(none.status()).isEqualTo(504);
            assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
            gateway.get("/a");
            assertThat(gateway.get("/a", "Cache-Control: only-if-cached").bodyText())
                    .isEqualTo("answer");
            assertThat(gateway.asked()).isEqualTo(1);
        }
    }

    @Test
    void aStepOfTheTimeOfDayMakesNothingFreshAgain() {
        try (CachedGateway gateway = CachedGateway.start()) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.clock().setWallClock(gateway.clock().instant().minusSeconds(3600));
            gateway.get("/a");
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }

    /** Asked for by HTTP/1.1 in the way of a browser that reloads. */
    @Test
    void headAsksForNothingNewAndKeepsNothing() {
        try (CachedGateway gateway = CachedGateway.start()) {
            gateway.send(RawRequest.of("HEAD", "/a"));
            assertThat(gateway.cache().size()).isZero();
            gateway.get("/a");
            RawResponse head = gateway.send(RawRequest.of("HEAD", "/a"));
            assertThat(head.header("Cache-Status")).contains("hit");
            assertThat(head.header("Content-Length")).isEqualTo("6");
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }
}
