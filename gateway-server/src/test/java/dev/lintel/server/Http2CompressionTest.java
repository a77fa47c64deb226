package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.compression.CompressionFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are coded for clients of HTTP/2, many on one connection. */
@Timeout(120)
class Http2CompressionTest {

    private static final String TEXT = "Content-Type: text/plain";

    private final HttpClient client =
            new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(new ClientConnector())));
    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedUpstream.answering(Answer.ok("answer", TEXT));
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("up").target(upstream.url()))
                        .route(Route.named("all")
                                .path("/**")
                                .filter(CompressionFilter.create())
                                .to("up"))
                        .build())
                .port(0)
                .http2ClearText()
                .start();
        client.start();
        // what arrives is to be looked at
        client.getContentDecoderFactories().clear();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, false",
        "1, false, false",
        "1023, false, false",
        "1024, false, true",
        "1, true, true",
        "65535, true, true",
        "65536, false, true",
        "1048576, true, true"
    })
    void aBodyIsTheSameWhenItIsDecoded(int size, boolean chunked, boolean coded) throws Exception {
        byte[] body = random(size);
        upstream.answerWith(request -> answer(body, chunked));
        ContentResponse response = get("/x").send();
        assertThat(response.getHeaders().getValuesList("Vary")).containsExactly("Accept-Encoding");
        assertThat(response.getHeaders().contains("Content-Encoding", "gzip")).isEqualTo(coded);
        assertThat(response.getHeaders().contains("Content-Length")).isEqualTo(!coded);
        assertThat(decoded(response)).isEqualTo(body);
    }

    @Test
    void whoDoesNotAskGetsItAsItIs() throws Exception {
        byte[] body = random(5000);
        upstream.answerWith(request -> answer(body, false));
        ContentResponse response = client.newRequest("localhost", server.port()).send();
        assertThat(response.getHeaders().contains("Content-Encoding")).isFalse();
        assertThat(response.getContent()).isEqualTo(body);
    }

    @Test
    void streamsOfOneConnectionDoNotMix() throws Exception {
        upstream.answerWith(request -> answer(ofPath(request.path()), false));
        List<CompletableFuture<ContentResponse>> responses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            responses.add(new CompletableResponseListener(get("/" + i)).send());
        }
        for (int i = 0; i < responses.size(); i++) {
            assertThat(decoded(responses.get(i).get(60, TimeUnit.SECONDS))).isEqualTo(ofPath("/" + i));
        }
    }

    /** The client's window is full long before the end, and nobody waits for it with a thread. */
    @Test
    void aSlowClientGetsAllOfABodyThatWaitsForIt() throws Exception {
        byte[] body = random(4_000_000);
        upstream.answerWith(request -> answer(body, false));
        InputStreamResponseListener slow = new InputStreamResponseListener();
        get("/x").send(slow);
        await().until(() -> upstream.bytesWritten() > 1 << 16);
        try (InputStream coded = slow.getInputStream();
                GZIPInputStream decoded = new GZIPInputStream(coded)) {
            assertThat(decoded.readAllBytes()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerClose.class,
            names = {"FIN", "RESET"})
    void anAnswerThatIsCutShortIsNotWhole(PeerClose how) {
        upstream.answerWith(request -> out -> {
            out.head(200, TEXT, "Content-Length: 100000");
            out.write(random(50_000));
            out.end(how);
        });
        assertThatThrownBy(() -> {
                    ContentResponse response = get("/x").send();
                    // what is answered for in its place says so by its status
                    assertThat(response.getStatus()).isEqualTo(502);
                    throw new ExecutionException("answered 502", null);
                })
                .isInstanceOf(ExecutionException.class);
    }

    private Request get(String path) {
        return client.newRequest("localhost", server.port())
                .path(path)
                .headers(fields -> fields.put("Accept-Encoding", "gzip"))
                .timeout(60, TimeUnit.SECONDS);
    }

    private static Answer answer(byte[] body, boolean chunked) {
        return Answer.stream(out -> {
            if (chunked) {
                out.head(200, TEXT, "Transfer-Encoding: chunked");
                for (int at = 0; at < body.length; at += 10_000) {
                    int end = Math.min(body.length, at + 10_000);
                    out.write(Integer.toHexString(end - at) + "\r\n")
                            .write(Arrays.copyOfRange(body, at, end))
                            .write("\r\n");
                }
                out.endChunks();
            } else {
                out.head(200, TEXT, "Content-Length: " + body.length).write(body);
            }
        });
    }

    private static byte[] ofPath(String path) {
        return (path + " says so. ").repeat(2_000).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] random(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return body;
    }

    private static byte[] decoded(ContentResponse response) throws IOException {
        byte[] body = response.getContent();
        if (!response.getHeaders().contains("Content-Encoding")) {
            return body;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }
}
