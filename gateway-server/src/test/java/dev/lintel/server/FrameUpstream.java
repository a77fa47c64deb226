package dev.lintel.server;

import dev.lintel.testing.http2.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** An upstream of HTTP/2 in clear text that answers each request by frames that the test says, and may end the connection then. */
final class FrameUpstream implements AutoCloseable {

    private static final int PREFACE = 24;

    private final ServerSocket listening;
    private final BiFunction<Integer, Integer, Answer> answers;
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * What a request gets.
     *
     * @param ends whether the connection ends after it
     */
    record Answer(boolean ends, List<Frame> frames) {

        static Answer of(Frame... frames) {
            return new Answer(false, List.of(frames));
        }

        static Answer last(Frame... frames) {
            return new Answer(true, List.of(frames));
        }

        static Answer ok(int stream) {
            return of(Frame.headers(stream, true, ":status", "200"));
        }
    }

    private FrameUpstream(BiFunction<Integer, Integer, Answer> answers) throws IOException {
        this.answers = answers;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    /**
     * @param answers gives the answer by the number of the request, from 1 on all connections, and its stream
     */
    static FrameUpstream start(BiFunction<Integer, Integer, Answer> answers) {
        try {
            return new FrameUpstream(answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many requests have come. */
    int requests() {
        return requests.get();
    }

    private static void begin(Runnable task) {
        Thread thread = new Thread(task, "frame-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                begin(() -> serve(socket));
            }
        } catch (IOException closed) {
            // by the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes(PREFACE);
            send(socket, Frame.settings());
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readNBytes(length);
                if (type == Frame.SETTINGS && (flags & Frame.ACK) == 0) {
                    send(socket, Frame.settings().withFlags(Frame.ACK));
                } else if (type == Frame.HEADERS) {
                    Answer answer = answers.apply(requests.incrementAndGet(), stream);
                    for (Frame frame : answer.frames()) {
                        send(socket, frame);
                    }
                    if (answer.ends()) {
                        return;
                    }
                }
            }
        } catch (IOException over) {
            // by the gateway
        }
    }

    private static void send(Socket socket, Frame frame) throws IOException {
        socket.getOutputStream().write(frame.bytes());
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
