package dev.lintel.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A wire to a server that can be made bad: slow, silent, broken. It can speak TLS to its clients. Thread-safe. */
final class FaultProxy implements AutoCloseable {

    /** What the wire is like. */
    enum Wire {
        /** Everything passes. */
        GOOD,
        /** Everything is taken and nothing passes; connections stay. */
        BLACK_HOLE,
        /** Every connection is reset, new ones too. */
        RESETS
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Wire wire = Wire.GOOD;
    private volatile long delayNanos;

    private FaultProxy(int target, ServerSocketFactory factory) {
        this.target = target;
        try {
            server = factory.createServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    static FaultProxy to(RedisServer server) {
        return new FaultProxy(server.port(), ServerSocketFactory.getDefault());
    }

    static FaultProxy tlsTo(RedisServer server, SSLContext tls) {
        return new FaultProxy(server.port(), tls.getServerSocketFactory());
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether somebody is connected. */
    boolean isConnected() {
        return !sockets.isEmpty();
    }

    void set(Wire now) {
        wire = now;
        if (now == Wire.RESETS) {
            sockets.forEach(FaultProxy::reset);
        }
    }

    /** By how much each piece is late. */
    void delay(long millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (wire == Wire.RESETS) {
                    reset(client);
                    continue;
                }
                join(client);
            } catch (IOException closed) {
                // the loop notices
            }
        }
    }

    private void join(Socket client) {
        try {
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(upstream);
            daemon(() -> pump(client, upstream, true));
            daemon(() -> pump(upstream, client, false));
        } catch (IOException nobodyThere) {
            // as whoever is not there would
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean toServer) {
        byte[] piece = new byte[16 * 1024];
        try {
            for (int read = from.getInputStream().read(piece);
                    read >= 0;
                    read = from.getInputStream().read(piece)) {
                if (toServer && delayNanos > 0) {
                    LockSupport.parkNanos(delayNanos);
                }
                if (wire == Wire.GOOD) {
                    to.getOutputStream().write(piece, 0, read);
                }
            }
        } catch (IOException broken) {
            // both ends notice
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(this::close);
    }
}
