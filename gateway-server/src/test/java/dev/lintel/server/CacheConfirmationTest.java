package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which 304 is about the answer that is kept (RFC 9111 section 4.3.4). */
class CacheConfirmationTest {

    private static final String MONDAY = "Last-Modified: Mon, 01 Jun 2026 10:00:00 GMT";
    private static final String OTHER = "Last-Modified: Mon, 01 Jun 2026 10:00:01 GMT";

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ETag: \"a\" | ETag: \"a\" | true",
                "ETag: \"a\" | ETag: W/\"a\" | true",
                "ETag: W/\"a\" | ETag: W/\"a\" | true",
                "ETag: W/\"a\" | ETag: \"a\" | true",
                "ETag: \"a\" | X-None: 1 | true",
                "ETag: \"a\" | ETag: \"b\" | false",
                "ETag: \"a\" | ETag: W/\"b\" | false",
                "ETag: W/\"a\" | ETag: W/\"b\" | false",
                "ETag: W/\"a\" | ETag: \"b\" | false",
                "ETag: \"a\" | ETag: a | false",
                MONDAY + " | ETag: \"a\" | false",
                MONDAY + " | ETag: W/\"a\" | false",
                MONDAY + " | X-None: 1 | true",
                MONDAY + " | " + MONDAY + " | true",
                MONDAY + " | Last-Modified: Monday, 01-Jun-26 10:00:00 GMT | true",
                MONDAY + " | " + OTHER + " | false",
                MONDAY + " | Last-Modified: yesterday | false",
                "ETag: \"a\" | " + OTHER + " | false",
            })
    void confirmsWhatItNamesAndNothingElse(String kept, String confirming, boolean confirms) {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("kept", FRESH, kept))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.head(304, FRESH, confirming, "X-New: yes"));
            RawResponse answered = gateway.get("/a");
            // in either case: the client has not asked by what was asked by for it
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.bodyText()).isEqualTo("kept");
            assertThat(answered.hasHeader("X-New")).isEqualTo(confirms);
            assertThat(gateway.cache().size()).isEqualTo(confirms ? 1 : 0);
            gateway.answering(Answer.ok("asked anew", FRESH));
            assertThat(gateway.get("/a").bodyText()).isEqualTo(confirms ? "kept" : "asked anew");
        }
    }

    @Test
    void aTagCountsBeforeADate() {
        try (CachedGateway gateway = CachedGateway.start().answering(Answer.ok("kept", FRESH, "ETag: \"a\"", MONDAY))) {
            gateway.get("/a");
            gateway.pass(61);
            gateway.answering(Answer.head(304, FRESH, "ETag: W/\"a\"", OTHER));
            gateway.get("/a");
            assertThat(gateway.cache().size()).isEqualTo(1);
            assertThat(gateway.get("/a").headerLines()).contains(OTHER);
        }
    }
}
