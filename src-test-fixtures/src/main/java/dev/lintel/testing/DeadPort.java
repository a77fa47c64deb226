package dev.lintel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of 127.0.0.1 on which every connection is refused at once (RST to SYN). Until closed it stays reserved: nobody is given
 * it who asks for any port. Who is told of it may listen there for a while, with the option to share addresses set (on Linux). Thread-safe.
 */
public final class DeadPort implements AutoCloseable {

    private final Socket reserved;

    private DeadPort(Socket reserved) {
        this.reserved = reserved;
    }

    /** Reserves a free port. */
    public static DeadPort refusing() {
        // Bound but never listening: the system refuses connections and gives the port to nobody else.
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new DeadPort(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port. */
    public int port() {
        return reserved.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            reserved.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
