package dev.lintel.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** Passes bytes between one client and a server, and of the client's only as many as it is allowed. */
final class HoldingRelay implements AutoCloseable {

    private static final int ALL = 1 << 20;

    private final ServerSocket listening;
    private final Socket server;
    private final Semaphore allowed = new Semaphore(ALL);

    private HoldingRelay(int port) throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server = new Socket(InetAddress.getLoopbackAddress(), port);
        inBackground(this::relay);
    }

    static HoldingRelay to(int port) {
        try {
            return new HoldingRelay(port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Lets no more than so many bytes of the client pass from now on. */
    void allow(int bytes) {
        allowed.drainPermits();
        allowed.release(bytes);
    }

    void allowAll() {
        allowed.release(ALL);
    }

    private void relay() {
        try (Socket client = listening.accept()) {
            inBackground(() -> copyAnswers(client));
            InputStream from = client.getInputStream();
            OutputStream to = server.getOutputStream();
            for (int octet = from.read(); octet >= 0; octet = from.read()) {
                allowed.acquire();
                to.write(octet);
            }
        } catch (IOException | InterruptedException over) {
            // the test is over
        }
    }

    private void copyAnswers(Socket client) {
        try {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException over) {
            // the test is over
        }
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
