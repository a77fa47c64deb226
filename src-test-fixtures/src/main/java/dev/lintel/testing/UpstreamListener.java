package dev.lintel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Accepts the connections of a {@link ScriptedUpstream}, gives each a thread, and ends them all. Thread-safe. */
final class UpstreamListener {

    private static final int BACKLOG = 256;
    private static final long JOIN_MILLIS = 5000;

    private final ScriptedUpstream upstream;
    private final Changes changes;
    private final @Nullable SSLContext tls;
    private final boolean clientCertificate;
    private final int receiveBuffer;
    private final Map<UpstreamConnection, Thread> connections = new LinkedHashMap<>();
    private final DeadPort port = DeadPort.refusing();
    private @Nullable ServerSocket listening;
    private @Nullable Thread acceptor;
    private int accepted;

    UpstreamListener(
            ScriptedUpstream upstream,
            Changes changes,
            @Nullable SSLContext tls,
            boolean clientCertificate,
            int receiveBuffer) {
        this.upstream = upstream;
        this.changes = changes;
        this.tls = tls;
        this.clientCertificate = clientCertificate;
        this.receiveBuffer = receiveBuffer;
        listen();
    }

    synchronized void listen() {
        if (listening != null) {
            return;
        }
        try {
            ServerSocket socket = new ServerSocket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()), BACKLOG);
            listening = socket;
            acceptor = start(() -> accept(socket), "scripted-upstream-" + port.port());
        } catch (IOException e) {
            throw new UncheckedIOException("listen on port " + port.port(), e);
        }
    }

    int port() {
        return port.port();
    }

    boolean tls() {
        return tls != null;
    }

    int accepted() {
        int[] count = new int[1];
        changes.make(() -> count[0] = accepted);
        return count[0];
    }

    int open() {
        int[] count = new int[1];
        changes.make(() -> count[0] = connections.size());
        return count[0];
    }

    void ended(UpstreamConnection connection) {
        changes.make(() -> connections.remove(connection));
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                accepted(socket.accept());
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private void accepted(Socket transport) throws IOException {
        try {
            serve(transport);
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    private void serve(Socket transport) throws IOException {
        transport.setTcpNoDelay(true);
        UpstreamConnection connection = new UpstreamConnection(upstream, accepted(), transport, layered(transport));
        changes.make(() -> {
            Thread thread = new Thread(connection, "scripted-upstream-" + transport.getLocalPort() + "-" + accepted);
            thread.setDaemon(true);
            accepted++;
            connections.put(connection, thread);
            thread.start();
        });
    }

    private Socket layered(Socket transport) throws IOException {
        if (tls == null) {
            return transport;
        }
        CloseNotify.require();
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(transport, null, true);
        socket.setNeedClientAuth(clientCertificate);
        socket.setUseClientMode(false);
        return socket;
    }

    /** Stops listening for good: the port may be used by others. */
    void close() {
        try {
            stopListening();
        } finally {
            port.close();
        }
    }

    /** Closes the listening socket and every connection, and waits for their threads. */
    void stopListening() {
        Thread accepting = closeListening();
        if (accepting != null) {
            join(accepting);
        }
        Map<UpstreamConnection, Thread> open = new LinkedHashMap<>();
        changes.make(() -> open.putAll(connections));
        for (UpstreamConnection connection : open.keySet()) {
            connection.drop();
        }
        List<Thread> threads = List.copyOf(open.values());
        threads.forEach(Thread::interrupt);
        threads.forEach(UpstreamListener::join);
    }

    private synchronized @Nullable Thread closeListening() {
        ServerSocket socket = listening;
        Thread thread = acceptor;
        listening = null;
        acceptor = null;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return thread;
    }

    private static Thread start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() && thread != Thread.currentThread()) {
            throw new IllegalStateException(thread.getName() + ": running (expected: ended within 5 s)");
        }
    }
}
