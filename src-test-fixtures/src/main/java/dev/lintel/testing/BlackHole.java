package dev.lintel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port of 127.0.0.1 that swallows what is sent to it. Thread-safe. */
public final class BlackHole implements AutoCloseable {

    private static final int MOST_FILLERS = 16;
    private static final int FULL_AFTER_MILLIS = 150;

    private final ServerSocket server;
    private final List<Socket> fillers;

    private BlackHole(ServerSocket server, List<Socket> fillers) {
        this.server = server;
        this.fillers = fillers;
    }

    /** Connections are established, what is sent is taken while the system has room, nothing is ever answered. */
    public static BlackHole silent() {
        try {
            return new BlackHole(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Connections are never established: the queue of the listening socket is full, so that Linux drops each SYN and
     * the client waits for its own connect timeout.
     */
    public static BlackHole dropping() {
        List<Socket> fillers = new ArrayList<>();
        try {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            BlackHole hole = new BlackHole(server, fillers);
            while (hole.accepts()) {
                if (fillers.size() > MOST_FILLERS) {
                    hole.close();
                    throw new IllegalStateException("backlog: more than " + MOST_FILLERS + " (expected: 1 or 2)");
                }
            }
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() throws IOException {
        Socket filler = new Socket();
        try {
            filler.connect(server.getLocalSocketAddress(), FULL_AFTER_MILLIS);
            fillers.add(filler);
            return true;
        } catch (SocketTimeoutException e) {
            filler.close();
            return false;
        }
    }

    /** The port. */
    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            for (Socket filler : fillers) {
                filler.close();
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
