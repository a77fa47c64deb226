package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a gateway with a cache keeps of what upstreams answer: whole bodies, whatever happens on the way. */
class CacheTest {

    private CachedGateway gateway;

    @BeforeEach
    void start() {
        gateway = CachedGateway.with(
                CacheFilter.builder().maxSize(8 << 20).maxEntrySize(2 << 20).build());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void isNotAskedAgainUntilTheAnswerIsStale() {
        assertThat(gateway.get("/a").headers("Cache-Status")).containsExactly("lintel; fwd=uri-miss");
        gateway.pass(59);
        RawResponse again = gateway.get("/a");
        assertThat(again.bodyText()).isEqualTo("answer");
        assertThat(again.header("Age")).isEqualTo("59");
        assertThat(again.header("Cache-Status")).isEqualTo("lintel; hit; ttl=1");
        assertThat(gateway.asked()).isEqualTo(1);
        gateway.pass(1);
        assertThat(gateway.get("/a").header("Cache-Status")).startsWith("lintel; fwd=stale");
        assertThat(gateway.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, false",
        "2047, true",
        "2048, false",
        "2049, true",
        "65536, false",
        "65537, true",
        "1048576, false",
        "2097152, true"
    })
    void aBodyIsTheSameEachTime(int size, boolean chunked) {
        GeneratedBody body = GeneratedBody.of(size);
        gateway.answering(chunked ? Answer.generatedChunked(body, 5000, FRESH) : Answer.generated(body, FRESH));
        String first = gateway.get("/a").bodySha256();
        RawResponse again = gateway.get("/a");
        assertThat(again.complete()).isTrue();
        assertThat(again.bodyLength()).isEqualTo(size);
        assertThat(again.bodySha256()).isEqualTo(first);
        assertThat(again.header("Content-Length")).isEqualTo(Integer.toString(size));
        RawResponse head = gateway.send(RawRequest.of("HEAD", "/a"));
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(size));
        assertThat(gateway.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2097153, false", "2097153, true", "9000000, true"})
    void whatIsLongerPassesAndIsNotKept(long size, boolean chunked) {
        GeneratedBody body = GeneratedBody.of(size);
        gateway.answering(chunked ? Answer.generatedChunked(body, 50_000, FRESH) : Answer.generated(body, FRESH));
        assertThat(gateway.get("/a").bodyLength()).isEqualTo(size);
        assertThat(gateway.cache().size()).isZero();
        assertThat(gateway.get("/a").bodyLength()).isEqualTo(size);
        assertThat(gateway.asked()).isEqualTo(2);
    }

    static Stream<Arguments> broken() {
        List<Arguments> rows = new ArrayList<>();
        for (PeerClose how : PeerClose.values()) {
            rows.add(Arguments.of(
                    "a length not reached " + how,
                    Answer.head(200, FRESH, "Content-Length: 100")
                            .then(Answer.raw("abc"))
                            .thenEnd(how)));
            rows.add(Arguments.of(
                    "no last chunk " + how,
                    Answer.head(200, FRESH, "Transfer-Encoding: chunked")
                            .then(Answer.raw("3\r\nabc\r\n"))
                            .thenEnd(how)));
            rows.add(Arguments.of(
                    "half a chunk " + how,
                    Answer.head(200, FRESH, "Transfer-Encoding: chunked")
                            .then(Answer.raw("9\r\nabc"))
                            .thenEnd(how)));
        }
        rows.add(Arguments.of(
                "a chunk of no size",
                Answer.head(200, FRESH, "Transfer-Encoding: chunked").then(Answer.raw("3\r\nabc\r\nxyz\r\n"))));
        rows.add(Arguments.of(
                "an end that only the connection tells",
                Answer.head(200, FRESH, "Connection: close")
                        .then(Answer.raw("abc"))
                        .thenEnd(PeerClose.FIN)));
        rows.add(Arguments.of("trailers", Answer.chunkedWithTrailers(200, List.of("abc"), List.of("X-Sum: 1"), FRESH)));
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void whatMayNotBeWholeIsNotKept(String name, Answer answer) {
        gateway.answering(answer);
        RawResponse first = gateway.get("/a", "TE: trailers");
        // nothing of the first had to be sent when the end was seen to be missing
        assertThat(first.status()).isIn(200, 502);
        assertThat(gateway.cache().size()).isZero();
        gateway.answering(Answer.ok("whole", FRESH));
        assertThat(gateway.get("/a").bodyText()).isEqualTo("whole");
    }

    @Test
    void whatAClientDidNotTakeToTheEndIsNotKept() {
        LiveAnswer live = LiveAnswer.chunked(200, FRESH);
        gateway.answering(live);
        int due = gateway.ended() + 1;
        try (RawClient client = RawClient.connect(gateway.server().port())) {
            client.send(RawRequest.get("/a"));
            live.awaitStarted();
            live.chunk("begun");
            client.awaitText("begun");
            client.reset();
        }
        gateway.awaitEnded(due);
        assertThat(gateway.cache().size()).isZero();
    }

    @Test
    void whatIsFlushedArrivesAtOnceWhileItIsCopied() {
        LiveAnswer live = LiveAnswer.chunked(200, FRESH, "Content-Type: text/plain");
        gateway.answering(live);
        int due = gateway.ended() + 1;
        try (RawClient client = RawClient.connect(gateway.server().port())) {
            client.send(RawRequest.get("/a"));
            live.awaitStarted();
            for (String piece : List.of("one ", "two ", "three")) {
                live.chunk(piece);
                client.awaitText(piece);
            }
            live.end();
            assertThat(client.readResponse().bodyText()).isEqualTo("one two three");
        }
        gateway.awaitEnded(due);
        assertThat(gateway.get("/a").bodyText()).isEqualTo("one two three");
        assertThat(gateway.asked()).isEqualTo(1);
    }

    @Test
    void eventsPassAsTheyComeAndAreNotKept() {
        gateway.answering(
                Answer.chunked(200, List.of("data: 1\n\n"), FRESH, "Content-Type: text/event-stream; charset=utf-8"));
        assertThat(gateway.get("/a").bodyText()).isEqualTo("data: 1\n\n");
        assertThat(gateway.cache().size()).isZero();
    }

    /** Each answer of the upstream is one letter over and over: another one in it would tell of two that were mixed. */
    @Test
    void manyClientsOfOneUrlNeverGetAMixedBody() throws Exception {
        AtomicInteger next = new AtomicInteger();
        gateway.scripted(request -> {
            String letter = String.valueOf((char) ('a' + next.getAndIncrement() % 26));
            byte[] body = letter.repeat(70_000).getBytes(StandardCharsets.ISO_8859_1);
            return Answer.head(200, "Cache-Control: max-age=1", "Content-Length: " + body.length)
                    .then(Answer.raw(body));
        });
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int number = i;
                work.add(() -> {
                    if (number % 20 == 0) {
                        gateway.pass(1);
                    }
                    if (number % 50 == 7) {
                        gateway.cache().clear();
                    }
                    String body = RawClient.exchange(gateway.server().port(), RawRequest.get("/a"))
                            .bodyText();
                    return body.length() == 70_000 && body.chars().distinct().count() == 1;
                });
            }
            for (Future<Boolean> done : clients.invokeAll(work, 60, TimeUnit.SECONDS)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(gateway.asked()).isBetween(2, 390);
    }

    /** More than the sockets hold, so that an answer that waited for its client would keep the thread of the loop. */
    @Test
    void aClientThatReadsNothingKeepsNobodyWaiting() {
        gateway.answering(Answer.generated(GeneratedBody.of(2 << 20), FRESH));
        String whole = gateway.get("/a").bodySha256();
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                RawClient client = RawClient.connect(gateway.server().port());
                idle.add(client);
                client.send(RawRequest.get("/a"));
            }
            gateway.answering(Answer.ok("other", FRESH));
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.get("/b" + i).bodyText()).isEqualTo("other");
            }
            for (RawClient client : idle) {
                assertThat(client.readResponse().bodySha256()).isEqualTo(whole);
            }
        } finally {
            idle.forEach(RawClient::close);
        }
    }

    @Test
    void whatWasAskedForBeforeAChangeIsNotKeptAfterIt() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        gateway.scripted(request -> request.method().equals("POST")
                ? Answer.of(204, "")
                : Answer.ok("before the change", FRESH).after(changed));
        ExecutorService clients = Executors.newSingleThreadExecutor();
        try {
            Future<RawResponse> slow = clients.submit(() -> gateway.get("/a"));
            gateway.upstream().awaitHeads(1);
            assertThat(gateway.send(RawRequest.post("/a").body("x")).status()).isEqualTo(204);
            changed.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS).bodyText()).isEqualTo("before the change");
        } finally {
            clients.shutdownNow();
        }
        await().until(() -> gateway.ended() >= 2);
        assertThat(gateway.cache().size()).isZero();
    }

    @Test
    void whatIsKeptStaysWithinItsBounds() {
        gateway.answering(Answer.generated(GeneratedBody.of(1 << 20), FRESH));
        for (int i = 0; i < 30; i++) {
            gateway.get("/a" + i);
        }
        assertThat(gateway.cache().size()).isBetween(5, 7);
    }
}
