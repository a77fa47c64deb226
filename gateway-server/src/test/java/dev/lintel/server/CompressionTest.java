package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.compression.CompressionFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of upstreams' answers where they are coded for clients. */
class CompressionTest {

    private static final String TEXT = "Content-Type: text/plain";

    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("answer", TEXT));
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("up").target(upstream.url()))
                        .route(Route.named("all")
                                .path("/**")
                                .filter(CompressionFilter.create())
                                .to("up"))
                        .build())
                .port(0)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, false",
        "0, true, true",
        "1, false, false",
        "1, true, true",
        "1023, false, false",
        "1024, false, true",
        "1024, true, true",
        "65536, false, true",
        "1048576, false, true",
        "1048576, true, true"
    })
    void aBodyIsTheSameWhenItIsDecoded(int size, boolean chunked, boolean coded) throws IOException {
        for (byte[] body : List.of(random(size), text(size))) {
            upstream.answerWith(request -> chunked ? chunks(body) : whole(body));
            RawResponse response = get("gzip");
            assertThat(response.complete()).isTrue();
            assertThat(response.headers("Vary")).containsExactly("Accept-Encoding");
            if (size > 0) {
                assertThat(response.headers("Content-Encoding")).hasSize(coded ? 1 : 0);
                assertThat(response.hasHeader("Content-Length")).isEqualTo(!coded);
            }
            assertThat(decoded(response)).isEqualTo(body);
        }
    }

    @Test
    void aTextTakesLess() {
        upstream.answerWith(request -> whole(text(1 << 20)));
        assertThat(get("gzip").bodyLength()).isLessThan(1 << 18);
    }

    @Test
    void aSlowClientGetsAllOfABodyThatWaitsForIt() throws IOException {
        byte[] body = random(4_000_000);
        upstream.answerWith(request -> whole(body));
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(accepting("gzip"));
            // nothing is read until the upstream has to wait
            await().until(() -> upstream.bytesWritten() > 1 << 16);
            assertThat(decoded(client.readResponse())).isEqualTo(body);
        }
    }

    @Test
    void severalRequestsOfOneConnectionAreAnsweredOneAfterTheOther() throws IOException {
        byte[] body = text(5000);
        upstream.answerWith(request -> whole(body));
        try (RawClient client = RawClient.connect(server.port())) {
            for (int i = 0; i < 20; i++) {
                assertThat(decoded(client.send(accepting("gzip")).readResponse()))
                        .isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 100000, FIN",
        "Content-Length: 100000, RESET",
        "Transfer-Encoding: chunked, FIN",
        "Transfer-Encoding: chunked, RESET",
        "Connection: close, RESET"
    })
    void anAnswerThatIsCutShortIsNotWhole(String framing, PeerClose how) {
        upstream.answerWith(request -> out -> {
            out.head(200, TEXT, framing);
            for (int i = 0; i < 10; i++) {
                if (framing.startsWith("Transfer")) {
                    out.chunk("a chunk of it");
                } else {
                    out.write(text(5000));
                }
            }
            out.end(how);
        });
        for (int i = 0; i < 10; i++) {
            assertNotWhole(get("gzip"));
        }
    }

    @Test
    void anAnswerThatIsCutShortAfterSomeOfItArrivedIsNotWhole() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        upstream.answerWith(request -> Answer.stream(writer -> {
            writer.head(200, TEXT, "Transfer-Encoding: chunked").chunk("first");
            cut.await(60, TimeUnit.SECONDS);
            writer.end(PeerClose.FIN);
        }));
        try (RawClient client = RawClient.connect(server.port())) {
            RawResponse head = client.send(accepting("gzip")).readResponseHead();
            assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
            client.readChunk();
            cut.countDown();
            client.awaitClosed();
        }
    }

    @Test
    void whatIsFlushedArrivesBeforeTheRest() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        upstream.answerWith(request -> Answer.stream(writer -> {
            writer.head(200, TEXT, "Transfer-Encoding: chunked").chunk("first");
            seen.await(60, TimeUnit.SECONDS);
            writer.chunk("second").endChunks();
        }));
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(accepting("gzip")).readResponseHead();
            byte[] arrived = client.awaitBytes(1);
            while (!endsPiece(arrived)) {
                arrived = client.awaitBytes(arrived.length + 1);
            }
            seen.countDown();
            while (!client.readChunk().isEmpty()) {
                assertThat(client.isClosedByPeer()).isFalse();
            }
        }
    }

    /** Whether there is the mark of a flush (RFC 1951 section 3.2.4: an empty stored block). */
    private static boolean endsPiece(byte[] coded) {
        return new String(coded, StandardCharsets.ISO_8859_1).contains("\0\0\u00ff\u00ff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200|Content-Type: text/event-stream",
                "200|Content-Type: image/png",
                "200|Content-Type: application/grpc+json",
                "200|Content-Type: text/plain|Content-Encoding: br",
                "200|Content-Type: text/plain|Cache-Control: public, No-Transform",
                "206|Content-Type: text/plain|Content-Range: bytes 0-4999/10000",
                "200|Content-Type: text/plain|Content-Range: bytes 0-4999/10000"
            })
    void whatMustNotBeCodedIsUntouched(String rule) {
        String[] parts = rule.split("\\|");
        String[] lines = Arrays.copyOfRange(parts, 1, parts.length + 2);
        lines[parts.length - 1] = "ETag: \"strong\"";
        lines[parts.length] = "Accept-Ranges: bytes";
        String body = new String(text(5000), StandardCharsets.ISO_8859_1);
        upstream.answerWith(request -> Answer.of(Integer.parseInt(parts[0]), body, lines));
        RawResponse response = get("gzip");
        assertThat(response.bodyText()).isEqualTo(body);
        assertThat(response.header("Content-Length")).isEqualTo("5000");
        assertThat(response.header("ETag")).isEqualTo("\"strong\"");
        assertThat(response.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(response.headers("Content-Encoding")).doesNotContain("gzip");
        assertThat(response.hasHeader("Vary")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Type: none               | true
            Content-Type: text/plain   | true
            Content-Type: image/png    | false
            Content-Encoding: br       | false
            """)
    void whatIsNotChangedSaysWhetherItVaries(String field, boolean varies) {
        upstream.answerWith(request -> Answer.head(304, field, "ETag: \"strong\""));
        RawResponse unchanged = get("gzip");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).isEqualTo("\"strong\"");
        assertThat(unchanged.headers("Content-Encoding")).doesNotContain("gzip");
        assertThat(unchanged.headers("Vary")).isEqualTo(varies ? List.of("Accept-Encoding") : List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip | Content-Type: text/plain | true
            br   | Content-Type: text/plain | true
            gzip | Content-Type: image/png  | false
            """)
    void anAnswerToHeadIsUncodedAndSaysWhetherItVaries(String accepted, String type, boolean varies) {
        upstream.answerWith(request -> Answer.head(200, type, "ETag: \"strong\"", "Content-Length: 5000"));
        RawResponse head =
                RawClient.exchange(server.port(), RawRequest.of("HEAD", "/x").header("Accept-Encoding", accepted));
        assertThat(head.header("Content-Length")).isEqualTo("5000");
        assertThat(head.header("ETag")).isEqualTo("\"strong\"");
        assertThat(head.hasHeader("Content-Encoding")).isFalse();
        assertThat(head.headers("Vary")).isEqualTo(varies ? List.of("Accept-Encoding") : List.of());
    }

    @Test
    void aClientThatWantsNothingTransformedGetsWhatThereIs() {
        String body = new String(text(5000), StandardCharsets.ISO_8859_1);
        upstream.answerWith(request -> Answer.ok(body, TEXT, "ETag: \"strong\""));
        RawResponse plain = RawClient.exchange(
                server.port(),
                RawRequest.get("/x")
                        .header("Accept-Encoding", "gzip, identity;q=0")
                        .header("Cache-Control", "max-age=0, No-Transform"));
        assertThat(plain.bodyText()).isEqualTo(body);
        assertThat(plain.headers("ETag")).containsExactly("\"strong\"");
        assertThat(plain.headers("Vary")).containsExactly("Accept-Encoding");
    }

    @Test
    void fieldsThatHoldOfTheUncodedBodyGo() {
        String body = new String(text(5000), StandardCharsets.ISO_8859_1);
        upstream.answerWith(request -> Answer.ok(
                body,
                TEXT,
                "ETag: \"strong\"",
                "Accept-Ranges: bytes",
                "Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==",
                "Digest: sha-256=x",
                "Repr-Digest: sha-256=:x:",
                "Content-Digest: sha-256=:x:",
                "Vary: Origin"));
        RawResponse response = get("gzip");
        assertThat(response.headers("ETag")).containsExactly("W/\"strong\"");
        assertThat(response.headers("Vary")).containsExactly("Origin", "Accept-Encoding");
        for (String gone :
                List.of("Accept-Ranges", "Content-MD5", "Digest", "Repr-Digest", "Content-Digest", "Content-Length")) {
            assertThat(response.hasHeader(gone)).as(gone).isFalse();
        }
        RawResponse plain = get("br");
        assertThat(plain.headers("ETag")).containsExactly("\"strong\"");
        assertThat(plain.headers("Vary")).containsExactly("Origin", "Accept-Encoding");
        assertThat(plain.header("Content-Length")).isEqualTo("5000");
        assertThat(plain.bodyText()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                       | true
            gzip;q=0                   | false
            identity;q=0, gzip;q=0.1   | true
            *                          | true
            *;q=0                      | false
            identity, gzip;q=0.5       | false
            br, zstd                   | false
            """)
    void aClientGetsWhatItAccepts(String accepted, boolean coded) throws IOException {
        byte[] body = text(5000);
        upstream.answerWith(request -> whole(body));
        RawResponse response = get(accepted);
        assertThat(response.hasHeader("Content-Encoding")).isEqualTo(coded);
        assertThat(decoded(response)).isEqualTo(body);
    }

    @Test
    void aClientThatTakesNothingUncodedGetsAShortAnswerCoded() throws IOException {
        RawResponse response = get("gzip, identity;q=0");
        assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(new String(decoded(response), StandardCharsets.ISO_8859_1)).isEqualTo("answer");
    }

    @Test
    void trailersComeBehindTheCodedBody() throws IOException {
        upstream.answerWith(
                request -> Answer.chunkedWithTrailers(200, List.of("first", "second"), List.of("X-Sum: 11"), TEXT));
        RawResponse response = RawClient.exchange(
                server.port(),
                RawRequest.get("/x").header("Accept-Encoding", "gzip").header("TE", "trailers"));
        assertThat(new String(decoded(response), StandardCharsets.ISO_8859_1)).isEqualTo("firstsecond");
        assertThat(response.trailerLines()).containsExactly("X-Sum: 11");
    }

    @Test
    void anUpstreamThatDoesNotAnswerIsToldOfUncoded() {
        upstream.answerWith(request -> Answer.close());
        RawResponse response = get("gzip");
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.complete()).isTrue();
        assertThat(response.bodyText()).startsWith("{");
    }

    private static void assertNotWhole(RawResponse response) {
        if (response.status() == 502) {
            // it was cut short before anything of it had gone out
            return;
        }
        assertThat(response.complete()).isFalse();
        assertThat(catchDecoding(response.body())).isInstanceOf(IOException.class);
    }

    private static Throwable catchDecoding(byte[] coded) {
        return catchThrowable(() -> new GZIPInputStream(new ByteArrayInputStream(coded)).readAllBytes());
    }

    private RawResponse get(String accepted) {
        return RawClient.exchange(server.port(), accepting(accepted));
    }

    private static RawRequest accepting(String codings) {
        return RawRequest.get("/x").header("Accept-Encoding", codings);
    }

    private static Answer whole(byte[] body) {
        return out -> {
            out.head(200, TEXT, "Content-Length: " + body.length);
            for (int from = 0; from < body.length; from += 30_000) {
                out.write(Arrays.copyOfRange(body, from, Math.min(body.length, from + 30_000)));
            }
        };
    }

    private static Answer chunks(byte[] body) {
        return out -> {
            out.head(200, TEXT, "Transfer-Encoding: chunked");
            for (int from = 0; from < body.length; from += 30_000) {
                byte[] chunk = Arrays.copyOfRange(body, from, Math.min(body.length, from + 30_000));
                out.write(Integer.toHexString(chunk.length) + "\r\n")
                        .write(chunk)
                        .write("\r\n");
            }
            out.endChunks();
        };
    }

    private static byte[] decoded(RawResponse response) throws IOException {
        if (!"gzip".equals(response.hasHeader("Content-Encoding") ? response.header("Content-Encoding") : "")) {
            return response.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int size) {
        return "The quick brown fox jumps over the lazy dog. "
                .repeat(size / 45 + 1)
                .substring(0, size)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
