package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.cors.CorsFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.ReceivedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what an answer is chosen that does not say by what it varies, though it can be told. */
class CacheVaryTest {

    @Test
    void whatOneOriginMayReadIsAnsweredToThatOriginAlone() {
        try (CachedGateway gateway = CachedGateway.start().scripted(CacheVaryTest::reflecting)) {
            for (int round = 0; round < 2; round++) {
                for (String origin : List.of("https://a.example", "https://b.example", "null")) {
                    assertThat(gateway.get("/a", "Origin: " + origin).header("Access-Control-Allow-Origin"))
                            .isEqualTo(origin);
                }
            }
            assertThat(gateway.asked()).isEqualTo(3);
        }
    }

    /** As many frameworks do it: nothing is said of it to who has no origin, and that it depends on that neither. */
    @Test
    void whatSaysNothingOfOriginsToWhoHasNoneIsNotAnsweredToWhoHasOne() {
        try (CachedGateway gateway = CachedGateway.start()
                .scripted(request -> request.hasHeader("Origin") ? reflecting(request) : Answer.ok("answer", FRESH))) {
            for (int round = 0; round < 2; round++) {
                assertThat(gateway.get("/a").hasHeader("Access-Control-Allow-Origin"))
                        .isFalse();
                for (String origin : List.of("https://a.example", "https://b.example")) {
                    assertThat(gateway.get("/a", "Origin: " + origin).header("Access-Control-Allow-Origin"))
                            .isEqualTo(origin);
                }
            }
            assertThat(gateway.asked()).isEqualTo(3);
        }
    }

    /** One origin that may not read it says nothing of another. */
    @Test
    void whatADestinationSaysToNoOriginIsKeptForEachOrigin() {
        try (CachedGateway gateway = CachedGateway.start()
                .scripted(request -> "https://a.example".equals(request.header("Origin"))
                        ? reflecting(request)
                        : Answer.ok("answer", FRESH))) {
            for (int round = 0; round < 2; round++) {
                assertThat(gateway.get("/a", "Origin: https://evil.example").hasHeader("Access-Control-Allow-Origin"))
                        .isFalse();
                assertThat(gateway.get("/a", "Origin: https://a.example").hasHeader("Access-Control-Allow-Origin"))
                        .isTrue();
            }
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }

    /** It says so itself to each client, so that the destination need not be asked for each origin. */
    @Test
    void whereAFilterInFrontSaysWhoMayReadOneAnswerIsForAll() {
        CorsFilter cors = CorsFilter.builder().origins("https://a.example").build();
        try (CachedGateway gateway = CachedGateway.with(CacheFilter.create(), cors)) {
            gateway.get("/a");
            for (String origin : List.of("https://a.example", "https://evil.example")) {
                assertThat(gateway.get("/a", "Origin: " + origin).header("Cache-Status"))
                        .contains("hit");
            }
            assertThat(gateway.asked()).isEqualTo(1);
        }
    }

    private static Answer reflecting(ReceivedRequest request) {
        return Answer.ok("answer", FRESH, "Access-Control-Allow-Origin: " + request.header("Origin"));
    }

    @Test
    void whatEverybodyMayReadIsOneForAll() {
        try (CachedGateway gateway =
                CachedGateway.start().answering(Answer.ok("answer", FRESH, "Access-Control-Allow-Origin: *"))) {
            gateway.get("/a", "Origin: https://a.example");
            gateway.get("/a", "Origin: https://b.example");
            gateway.get("/a");
            assertThat(gateway.asked()).isEqualTo(1);
        }
    }

    /** The destination's own words of it are dropped then. */
    @Test
    void whatTheGatewaySaysOfOriginsChoosesNothing() {
        CorsFilter cors = CorsFilter.builder()
                .origins("https://a.example", "https://b.example")
                .build();
        for (boolean inFront : new boolean[] {true, false}) {
            try (CachedGateway gateway = (inFront
                            ? CachedGateway.with(CacheFilter.create(), cors)
                            : CachedGateway.around(CacheFilter.create(), cors))
                    .scripted(CacheVaryTest::reflecting)) {
                gateway.get("/a", "Origin: https://a.example");
                gateway.get("/a", "Origin: https://b.example");
                assertThat(gateway.asked()).isEqualTo(inFront ? 1 : 2);
            }
        }
    }

    /** What was for all is not for all any more. */
    @Test
    void aConfirmationForOneOriginIsNotOneForAll() {
        try (CachedGateway gateway = CachedGateway.start()
                .answering(Answer.ok("answer", FRESH, "ETag: \"a\"", "Access-Control-Allow-Origin: *"))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(
                    Answer.head(304, FRESH, "ETag: \"a\"", "Access-Control-Allow-Origin: https://evil.example"));
            assertThat(gateway.get("/a", "Origin: https://evil.example").status())
                    .isEqualTo(200);
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCodedIsAnsweredToWhoAsksForThatCoding(boolean coded) {
        Answer answer = coded ? Answer.ok("x", FRESH, "Content-Encoding: br") : Answer.ok("x", FRESH);
        try (CachedGateway gateway = CachedGateway.start().answering(answer)) {
            gateway.get("/a", "Accept-Encoding: br");
            assertThat(gateway.get("/a", "Accept-Encoding: br").header("Cache-Status"))
                    .contains("hit");
            gateway.get("/a");
            assertThat(gateway.asked()).isEqualTo(coded ? 2 : 1);
        }
    }

    /** An application that answers a script with data, and a browser with a page, often under one URL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Requested-With: XMLHttpRequest",
                "HX-Request: true",
                "Turbo-Frame: a",
                "HX-History-Restore-Request: true",
                "X-PJAX: true",
                "X-PJAX-Container: main",
                "X-Inertia-Partial-Data: a",
                "Turbo-Visit: 1",
                "RSC: 1",
                "Next-Router-Prefetch: 1",
                "Next-Url: /b",
                "X-NextJS-Prefetch: 1",
                "X-Middleware-Prefetch: 1",
                "X-Middleware-Rewrite: 1",
                "Translate: f"
            })
    void whoAsksForAPartOfThePageLeavesNothingToWhoAsksForThePage(String line) {
        String name = line.substring(0, line.indexOf(':'));
        try (CachedGateway gateway = CachedGateway.start()
                .scripted(request -> Answer.ok(request.hasHeader(name) ? "part" : "page", FRESH))) {
            for (int i = 0; i < 2; i++) {
                assertThat(gateway.get("/a", line).bodyText()).isEqualTo("part");
                assertThat(gateway.get("/a").bodyText()).isEqualTo("page");
            }
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }
}
