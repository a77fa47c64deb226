package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.PeerClose;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for clients of HTTP/2, many on one connection. */
@Timeout(120)
class Http2CacheTest {

    private final HttpClient client =
            new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(new ClientConnector())));
    private CachedGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = CachedGateway.with(CacheFilter.builder().maxEntrySize(4 << 20).build());
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        gateway.close();
    }

    private Request request(String path) {
        return client.newRequest("http://127.0.0.1:" + gateway.server().port() + path);
    }

    /** Sends it and waits until all that follows is done. */
    private ContentResponse send(Request request) throws Exception {
        int due = gateway.ended() + 1;
        ContentResponse response =
                new CompletableResponseListener(request, 8 << 20).send().get(20, TimeUnit.SECONDS);
        gateway.awaitEnded(due);
        return response;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2048, 2049, 70_000, 3_000_000})
    void aBodyIsTheSameEachTime(int size) throws Exception {
        byte[] body = "0123456789".repeat(size / 10 + 1).substring(0, size).getBytes(StandardCharsets.ISO_8859_1);
        gateway.answering(Answer.head(200, FRESH, "ETag: \"a\"", "Content-Length: " + size)
                .then(Answer.raw(body)));
        assertThat(send(request("/a")).getContent()).isEqualTo(body);
        ContentResponse again = send(request("/a"));
        assertThat(again.getHeaders().get("Cache-Status")).isEqualTo("lintel; hit; ttl=60");
        assertThat(again.getContent()).isEqualTo(body);
        ContentResponse head = send(request("/a").method(HttpMethod.HEAD));
        assertThat(head.getHeaders().get("Content-Length")).isEqualTo(Integer.toString(size));
        ContentResponse unchanged = send(request("/a").headers(fields -> fields.put("If-None-Match", "\"a\"")));
        assertThat(unchanged.getStatus()).isEqualTo(304);
        gateway.pass(61);
        gateway.answering(Answer.head(304, FRESH, "ETag: \"a\""));
        ContentResponse confirmed = send(request("/a"));
        assertThat(confirmed.getStatus()).isEqualTo(200);
        assertThat(confirmed.getContent()).isEqualTo(body);
        assertThat(gateway.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(PeerClose.class)
    void whatIsCutShortIsNotKept(PeerClose how) {
        gateway.answering(Answer.head(200, FRESH, "Content-Length: 300000")
                .then(Answer.raw("a".repeat(200_000)))
                .thenEnd(how));
        assertThatThrownBy(() -> send(request("/a"))).isInstanceOf(ExecutionException.class);
        gateway.awaitEnded(1);
        assertThat(gateway.cache().size()).isZero();
    }

    /** HTTP/2 needs no field to say that there is a body. */
    @Test
    void aRequestWithABodyLeavesNothing() throws Exception {
        gateway.scripted(request -> Answer.ok("for " + request.bodyText(), FRESH));
        ContentResponse mine = send(request("/a").body(new Unsized("x")));
        assertThat(mine.getContentAsString()).isEqualTo("for x");
        assertThat(send(request("/a")).getContentAsString()).isEqualTo("for ");
    }

    /** Content that does not say how long it is. */
    private static final class Unsized extends StringRequestContent {
        Unsized(String content) {
            super(content);
        }

        @Override
        public long getLength() {
            return -1;
        }
    }

    /** Each answer of the upstream is one letter over and over. */
    @Test
    void manyRequestsOfOneConnectionNeverGetAMixedBody() throws Exception {
        AtomicInteger next = new AtomicInteger();
        gateway.scripted(request -> {
            String letter = String.valueOf((char) ('a' + next.getAndIncrement() % 26));
            return Answer.ok(letter.repeat(50_000), "Cache-Control: max-age=1");
        });
        for (int round = 0; round < 10; round++) {
            List<CompletableFuture<ContentResponse>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(new CompletableResponseListener(request("/a")).send());
            }
            for (CompletableFuture<ContentResponse> each : sent) {
                String body = each.get(20, TimeUnit.SECONDS).getContentAsString();
                assertThat(body).hasSize(50_000);
                assertThat(body.chars().distinct().count()).isEqualTo(1);
            }
            gateway.pass(1);
        }
    }
}
