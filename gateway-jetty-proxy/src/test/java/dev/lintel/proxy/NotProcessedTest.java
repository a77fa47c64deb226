package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.http2.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What Jetty says, in its own words, of a stream of HTTP/2 that it cannot begin: the request has not been sent. */
class NotProcessedTest {

    private static final int MAX_CONCURRENT_STREAMS = 3;

    @Test
    void isARequestForWhichThereIsNoStreamLeft() throws Exception {
        assertThat(FailureReason.saysNotProcessed(failure(false))).isTrue();
    }

    @Test
    void isARequestThatFindsItsConnectionClosed() throws Exception {
        assertThat(FailureReason.saysNotProcessed(failure(true))).isTrue();
    }

    private static Throwable failure(boolean closed) throws Exception {
        HTTP2Client client = new HTTP2Client();
        client.start();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<SettingsFrame> settings = new CompletableFuture<>();
            CompletableFuture<Session> connecting = client.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort()),
                    new Session.Listener() {
                        @Override
                        public void onSettings(Session session, SettingsFrame frame) {
                            settings.complete(frame);
                        }
                    });
            try (Socket server = accepted(listening, closed ? 100 : 0)) {
                Session session = connecting.get(10, TimeUnit.SECONDS);
                settings.get(10, TimeUnit.SECONDS);
                assertThat(server.isConnected()).isTrue();
                if (closed) {
                    session.close(0, "over", Callback.NOOP);
                }
                MetaData.Request head = new MetaData.Request(
                        "GET", HttpURI.from("http://localhost/"), HttpVersion.HTTP_2, HttpFields.EMPTY);
                session.newStream(new HeadersFrame(head, null, true), new Stream.Listener() {})
                        .get(10, TimeUnit.SECONDS);
                throw new AssertionError("a stream was begun");
            } catch (ExecutionException failed) {
                return Objects.requireNonNull(failed.getCause());
            }
        } finally {
            client.stop();
        }
    }

    private static Socket accepted(ServerSocket listening, int streams) throws IOException {
        Socket socket = listening.accept();
        socket.getOutputStream()
                .write(Frame.settings(MAX_CONCURRENT_STREAMS, streams).bytes());
        return socket;
    }
}
