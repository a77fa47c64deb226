package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections on which one request was answered, and then nothing is sent. */
final class IdleConnections implements AutoCloseable {

    static final int COUNT = 5_000;

    private final List<Socket> sockets = new ArrayList<>();

    static IdleConnections open(RunningGateway gateway, String token) throws IOException {
        IdleConnections idle = new IdleConnections();
        byte[] request = PacedConnection.request(Scenario.GET, token);
        try {
            for (int i = 0; i < COUNT; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                idle.sockets.add(socket);
                socket.getOutputStream().write(request);
                if (socket.getInputStream().read(new byte[4096]) < 0) {
                    throw new IOException("connection " + i + ": closed (expected: kept)");
                }
            }
            return idle;
        } catch (IOException failed) {
            idle.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException gone) {
                // as wished
            }
        }
    }
}
