package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends every client of it ten events a second, without end. Ends with the process. */
final class EventService {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final byte[] HEAD =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final byte[] EVENT = bytes("20\r\ndata: {\"price\":\"1234567.8901\"}\n\n\r\n");

    private final ServerSocketChannel server;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private EventService(ServerSocketChannel server) {
        this.server = server;
    }

    /** Starts one on that port of the loopback address. */
    static void start(int port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2048);
        EventService service = new EventService(server);
        run(service::accept);
        run(service::tell);
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "events");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                // a request without a body is there at once, and nobody asks for anything else
                if (client.read(ByteBuffer.allocate(16 << 10)) > 0) {
                    client.write(ByteBuffer.wrap(HEAD));
                    client.configureBlocking(false);
                    clients.add(client);
                }
            }
        } catch (IOException ended) {
            throw new IllegalStateException("event service: ended (expected: with the process)", ended);
        }
    }

    private void tell() {
        for (long due = System.nanoTime(); ; due += PERIOD_NANOS) {
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            clients.removeIf(client -> !tell(client));
        }
    }

    /** One that does not take an event whole is too slow to be measured. */
    private static boolean tell(SocketChannel client) {
        ByteBuffer event = ByteBuffer.wrap(EVENT);
        try {
            client.write(event);
            if (event.hasRemaining()) {
                client.close();
            }
        } catch (IOException gone) {
            return false;
        }
        return client.isOpen();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
