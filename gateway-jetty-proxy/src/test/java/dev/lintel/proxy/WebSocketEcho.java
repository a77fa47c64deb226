package dev.lintel.proxy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** A WebSocket service that sends back what it gets, piece by piece, and a client that compares; neither knows the gateway. */
final class WebSocketEcho implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    private WebSocketEcho() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(
                server,
                container -> container.addMapping("/*", (request, response, callback) -> {
                    response.setAcceptedSubProtocol("echo");
                    return new Echo();
                })));
        server.start();
    }

    static WebSocketEcho start() throws Exception {
        return new WebSocketEcho();
    }

    String url() {
        return "http://localhost:" + connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    /**
     * Sends frames of every kind and of sizes from none to a largest, and reads what comes back.
     *
     * @return the SHA-256 of what was sent and of what was received
     */
    static String[] exchange(int port, long bytes, int largestFrame) throws Exception {
        Random random = new Random(20_240_607);
        byte[] source = new byte[largestFrame];
        random.nextBytes(source);
        MessageDigest sent = sha256();
        Received received = new Received();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("echo")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/echo"), received)
                .get(10, TimeUnit.SECONDS);
        long left = bytes;
        boolean goesOn = false;
        while (left > 0 || goesOn) {
            int size = (int) Math.min(left, random.nextInt(largestFrame));
            boolean last = left <= size || random.nextInt(3) > 0;
            if (!goesOn && random.nextInt(4) == 0) {
                String text = "ü€".repeat(1 + random.nextInt(500));
                sent.update(text.getBytes(StandardCharsets.UTF_8));
                left -= text.length();
                socket.sendText(text, true).get(30, TimeUnit.SECONDS);
            } else {
                sent.update(source, 0, size);
                left -= size;
                socket.sendBinary(ByteBuffer.wrap(source, 0, size), last).get(30, TimeUnit.SECONDS);
                goesOn = !last;
            }
            if (random.nextInt(50) == 0) {
                socket.sendPing(ByteBuffer.wrap(source, 0, random.nextInt(100))).get(30, TimeUnit.SECONDS);
            }
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").get(30, TimeUnit.SECONDS);
        int status = received.closed.get(30, TimeUnit.SECONDS);
        return new String[] {
            status + " " + HexFormat.of().formatHex(sent.digest()),
            "1000 " + HexFormat.of().formatHex(received.digest.digest())
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    private static final class Received implements WebSocket.Listener {

        private final MessageDigest digest = sha256();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            digest.update(data.toString().getBytes(StandardCharsets.UTF_8));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            digest.update(data);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    /** Public for the library that calls it. */
    public static final class Echo implements Session.Listener {

        private @Nullable Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            opened.demand();
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
            Session open = session;
            if (open != null) {
                open.sendPartialBinary(
                        payload,
                        last,
                        Callback.from(
                                () -> {
                                    callback.succeed();
                                    open.demand();
                                },
                                callback::fail));
            }
        }

        @Override
        public void onWebSocketPartialText(String payload, boolean last) {
            Session open = session;
            if (open != null) {
                open.sendPartialText(payload, last, Callback.from(open::demand, failed -> open.disconnect()));
            }
        }
    }
}
