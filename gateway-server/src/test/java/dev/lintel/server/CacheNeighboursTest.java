package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.compression.CompressionFilter;
import dev.lintel.filters.cors.CorsFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.filters.securityheaders.SecurityHeadersFilter;
import dev.lintel.filters.transform.RequestTransformFilter;
import dev.lintel.filters.transform.ResponseTransformFilter;
import dev.lintel.limit.LimitKey;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A cache among other filters: what they say is of one answer, and of no other. */
class CacheNeighboursTest {

    @Test
    void filtersInFrontSayTheirPartOfEachAnswer() {
        try (CachedGateway gateway = CachedGateway.with(
                        CacheFilter.create(),
                        RequestIdFilter.create(),
                        SecurityHeadersFilter.create(),
                        CorsFilter.builder()
                                .origins("https://a.example", "https://b.example")
                                .build(),
                        limit(),
                        ResponseTransformFilter.builder().set("X-Set", "ours").build())
                .answering(Answer.ok(
                        "answer", FRESH, "X-Frame-Options: SAMEORIGIN", "X-Set: theirs", "X-Request-Id: theirs"))) {
            RawResponse first = gateway.get("/a", "Origin: https://a.example");
            RawResponse second = gateway.get("/a", "Origin: https://b.example");
            assertThat(gateway.asked()).isEqualTo(1);
            assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
            assertThat(first.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
            assertThat(second.header("Access-Control-Allow-Origin")).isEqualTo("https://b.example");
            assertThat(second.headers("Vary")).contains("Origin");
            assertThat(second.headers("X-Set")).containsExactly("ours");
            // what the service says of these takes the place of what is preset
            assertThat(second.headers("X-Frame-Options"))
                    .isEqualTo(first.headers("X-Frame-Options"))
                    .hasSize(1);
            assertThat(second.headers("X-Content-Type-Options")).hasSize(1);
            assertThat(second.header("RateLimit")).isNotEqualTo(first.header("RateLimit"));
        }
    }

    @Test
    void whatFiltersBehindSayIsNotSaidAgain() {
        try (CachedGateway gateway = CachedGateway.around(
                        CacheFilter.create(),
                        RequestIdFilter.create(),
                        limit(),
                        ResponseTransformFilter.builder()
                                .set("X-Set", "of this one")
                                .build())
                .answering(Answer.ok("answer", FRESH, "X-Theirs: yes"))) {
            assertThat(gateway.get("/a").headers("X-Set")).containsExactly("of this one");
            RawResponse second = gateway.get("/a");
            assertThat(second.header("Cache-Status")).contains("hit");
            assertThat(second.headers("X-Theirs")).containsExactly("yes");
            for (String name : List.of("X-Request-Id", "RateLimit", "RateLimit-Policy", "X-Set")) {
                assertThat(second.hasHeader(name)).as(name).isFalse();
            }
        }
    }

    private static RateLimitFilter limit() {
        return RateLimitFilter.builder()
                .limit("all", 100, Duration.ofMinutes(1))
                .key(LimitKey.by(LimitKey.address()))
                .build();
    }

    @Test
    void bodiesAreCodedInFrontOfTheCacheForEachClient() throws IOException {
        String text = "text ".repeat(1000);
        try (CachedGateway gateway = CachedGateway.with(CacheFilter.create(), CompressionFilter.create())
                .answering(Answer.ok(text, FRESH, "Content-Type: text/plain", "ETag: \"a\""))) {
            for (int i = 0; i < 2; i++) {
                assertThat(gateway.get("/a").bodyText()).isEqualTo(text);
                RawResponse coded = gateway.get("/a", "Accept-Encoding: gzip");
                assertThat(decoded(coded)).isEqualTo(text);
                assertThat(coded.header("ETag")).isEqualTo("W/\"a\"");
                assertThat(coded.headers("Vary")).containsExactly("Accept-Encoding");
            }
            assertThat(gateway.get("/a", "If-None-Match: W/\"a\"").status()).isEqualTo(304);
            assertThat(gateway.asked()).isEqualTo(1);
        }
    }

    @Test
    void bodiesThatAreCodedBehindTheCacheAreKeptCoded() throws IOException {
        String text = "text ".repeat(1000);
        try (CachedGateway gateway = CachedGateway.around(CacheFilter.create(), CompressionFilter.create())
                .answering(Answer.ok(text, FRESH, "Content-Type: text/plain", "ETag: \"a\""))) {
            for (int i = 0; i < 2; i++) {
                assertThat(gateway.get("/a").bodyText()).isEqualTo(text);
                assertThat(decoded(gateway.get("/a", "Accept-Encoding: gzip"))).isEqualTo(text);
            }
            assertThat(gateway.asked()).isEqualTo(2);
        }
    }

    private static String decoded(RawResponse response) throws IOException {
        assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(plain.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** The filter behind makes one value of all that clients say, which is not seen in front of it. */
    @Test
    void anAnswerThatVariesByWhatAFilterBehindWritesIsNotKept() {
        RequestTransformFilter copying = RequestTransformFilter.builder()
                .copy("Accept-Language", "X-Language")
                .build();
        try (CachedGateway behind = CachedGateway.around(CacheFilter.create(), copying)
                        .scripted(request -> Answer.ok(request.header("X-Language"), FRESH, "Vary: X-Language"));
                CachedGateway front = CachedGateway.with(CacheFilter.create(), copying)
                        .scripted(request -> Answer.ok(request.header("X-Language"), FRESH, "Vary: X-Language"))) {
            for (int i = 0; i < 2; i++) {
                for (String language : List.of("de", "fr")) {
                    for (CachedGateway gateway : List.of(behind, front)) {
                        assertThat(gateway.get("/a", "Accept-Language: " + language)
                                        .bodyText())
                                .isEqualTo(language);
                    }
                }
            }
            assertThat(behind.asked()).isEqualTo(4);
            assertThat(front.asked()).isEqualTo(2);
        }
    }
}
