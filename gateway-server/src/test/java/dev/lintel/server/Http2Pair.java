package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.upstream.Upstream;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;

/** A client of HTTP/2, a gateway, and a service that is asked by HTTP/1.1 at {@code /h1} and by HTTP/2 at {@code /h2c}. */
final class Http2Pair implements AutoCloseable {

    private final Http2Service service = Http2Service.start(null);
    private final GatewayServer server = GatewayServer.builder(Gateway.builder()
                    .upstream(Upstream.named("h1").target(service.url("http")))
                    .upstream(Upstream.named("h2c").target(service.url("http")).protocol(Upstream.Protocol.H2C))
                    .route(Route.named("h1").path("/h1").to("h1"))
                    .route(Route.named("h2c")
                            .path("/h2c")
                            .connectTimeout(Duration.ofSeconds(20))
                            .to("h2c"))
                    .build())
            .port(0)
            .http2ClearText()
            .start();
    private final HttpClient client =
            new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(new ClientConnector())));

    /**
     * What came of a body.
     *
     * @param received how many bytes of it arrived
     */
    record Outcome(int status, long received, String digestSent, String digestReceived) {}

    private Http2Pair() {}

    static Http2Pair start() throws Exception {
        Http2Pair pair = new Http2Pair();
        pair.client.start();
        return pair;
    }

    Outcome post(String path, long length) throws Exception {
        MessageDigest digest = Http2Service.sha256();
        try (InputStream body = new DigestInputStream(new Numbers(length), digest)) {
            ContentResponse response = client.newRequest("localhost", server.port())
                    .method("POST")
                    .path(path)
                    .body(new ContentSourceRequestContent(Content.Source.from(body)))
                    .timeout(10, TimeUnit.MINUTES)
                    .send();
            return new Outcome(
                    response.getStatus(),
                    response.getHeaders().getLongField("X-Length"),
                    HexFormat.of().formatHex(digest.digest()),
                    response.getContentAsString());
        }
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        server.close();
        service.close();
    }

    /** Bytes that differ from their neighbours, so that none can be lost or changed for another unseen. */
    private static final class Numbers extends InputStream {

        private final long length;
        private long position;

        Numbers(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return position == length ? -1 : at(position++);
        }

        @Override
        public int read(byte[] into, int offset, int most) {
            if (position == length) {
                return -1;
            }
            int count = (int) Math.min(most, length - position);
            for (int i = 0; i < count; i++) {
                into[offset + i] = (byte) at(position++);
            }
            return count;
        }

        private static int at(long position) {
            return (int) (position * 31 + (position >> 8) * 7 + (position >> 16)) & 0xff;
        }
    }
}
