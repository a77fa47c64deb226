package dev.lintel.testing.http2;

import dev.lintel.testing.RawClient;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to 127.0.0.1, frames in and frames out. It acknowledges settings and gives back what the peer sends
 * of its window; all else is up to the test. Every wait is bounded (10 s). Not thread-safe.
 */
public final class FrameClient implements AutoCloseable {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int MAX_HEADERS = 1 << 20;

    private final RawClient raw;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(MAX_HEADERS, System::nanoTime);
    private boolean returnsWindow = true;

    private FrameClient(RawClient raw) {
        this.raw = raw;
        try {
            raw.socket().setSoTimeout(10_000);
            this.in = new DataInputStream(raw.socket().getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects in clear text, sends the preface and empty settings, and waits until they are acknowledged. */
    public static FrameClient connect(int port) {
        return bare(port).begin();
    }

    /** Connects over TLS with ALPN, then does as {@link #connect}. */
    public static FrameClient connectTls(int port, SSLContext context, String serverName) {
        return new FrameClient(RawClient.connectTls(port, context, serverName, "h2")).begin();
    }

    /** Connects in clear text and sends nothing. */
    public static FrameClient bare(int port) {
        return new FrameClient(RawClient.connect(port));
    }

    private FrameClient begin() {
        send(PREFACE.getBytes(StandardCharsets.ISO_8859_1));
        send(Frame.settings());
        awaitSettingsAcknowledged();
        return this;
    }

    /** Reads frames until the peer has acknowledged settings; acknowledges its own. */
    public FrameClient awaitSettingsAcknowledged() {
        while (true) {
            Frame frame = read();
            if (frame == null) {
                throw new AssertionError("settings: connection closed (expected: an acknowledgement)");
            }
            if (frame.type() == Frame.SETTINGS && frame.has(Frame.ACK)) {
                return this;
            }
        }
    }

    /** Keeps the peer to the window that it has. */
    public FrameClient keepingWindow() {
        returnsWindow = false;
        return this;
    }

    /** Sends bytes, such as a preface. */
    public FrameClient send(byte[] bytes) {
        raw.send(bytes);
        return this;
    }

    /** Sends frames in one write. */
    public FrameClient send(Frame... frames) {
        int length = 0;
        for (Frame frame : frames) {
            length += frame.payload().length + 9;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (Frame frame : frames) {
            all.put(frame.bytes());
        }
        return send(all.array());
    }

    /** The next frame, null if the peer closed the connection; settings are acknowledged. */
    public @Nullable Frame read() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            Frame frame = new Frame(type, flags, stream, payload);
            answer(frame);
            return frame;
        } catch (EOFException | SocketException closed) {
            return null;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("frame: not within 10 s", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Frame frame) {
        try {
            if (frame.type() == Frame.SETTINGS && !frame.has(Frame.ACK)) {
                send(Frame.settings().withFlags(Frame.ACK));
            } else if (frame.type() == Frame.DATA && frame.payload().length > 0 && returnsWindow) {
                send(Frame.windowUpdate(0, frame.payload().length));
                if (!frame.has(Frame.END_STREAM)) {
                    send(Frame.windowUpdate(frame.stream(), frame.payload().length));
                }
            }
        } catch (UncheckedIOException closed) {
            // what it sent before can still be read
            returnsWindow = false;
        }
    }

    /** Reads until it is clear what came of a stream; what other streams are sent is passed over. */
    public StreamEnd await(int stream) {
        int status = 0;
        List<String> fields = List.of();
        List<Integer> interim = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        List<String> trailers = List.of();
        while (true) {
            Frame frame = read();
            boolean ended = frame == null;
            boolean complete = false;
            int reset = -1;
            int goAway = -1;
            if (frame != null && frame.type() == Frame.GOAWAY && frame.integerAt(4) != ErrorCode.NO_ERROR) {
                goAway = frame.integerAt(4);
                ended = true;
            } else if (frame != null && frame.type() == Frame.HEADERS) {
                MetaData decoded = decode(frame);
                if (frame.stream() == stream && decoded instanceof MetaData.Response head) {
                    if (head.getStatus() < 200) {
                        interim.add(head.getStatus());
                    } else {
                        status = head.getStatus();
                        fields = lines(head);
                    }
                } else if (frame.stream() == stream) {
                    trailers = lines(decoded);
                }
                complete = frame.stream() == stream && frame.has(Frame.END_STREAM);
            } else if (frame != null && frame.stream() == stream && frame.type() == Frame.DATA) {
                body.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
                complete = frame.has(Frame.END_STREAM);
            } else if (frame != null && frame.stream() == stream && frame.type() == Frame.RST_STREAM) {
                reset = frame.integerAt(0);
                ended = true;
            }
            if (ended || complete) {
                return new StreamEnd(status, fields, interim, body.toString(), trailers, complete, reset, goAway);
            }
        }
    }

    /** Reads until an acknowledged ping with that content, or the end of the connection. */
    public boolean awaitPing(long opaque) {
        while (true) {
            Frame frame = read();
            if (frame == null) {
                return false;
            }
            if (frame.type() == Frame.PING && frame.has(Frame.ACK)) {
                return ByteBuffer.wrap(frame.payload()).getLong() == opaque;
            }
        }
    }

    /** Reads until the connection ends; returns the last code of a GOAWAY, -1 if none came. */
    public int awaitClosed() {
        int code = -1;
        while (true) {
            Frame frame = read();
            if (frame == null) {
                return code;
            }
            if (frame.type() == Frame.GOAWAY) {
                code = frame.integerAt(4);
            }
        }
    }

    private MetaData decode(Frame frame) {
        if (!frame.has(Frame.END_HEADERS)) {
            throw new AssertionError("header block: in pieces (expected: whole)");
        }
        try {
            return decoder.decode(ByteBuffer.wrap(frame.payload()));
        } catch (HpackException malformed) {
            throw new AssertionError("header block: " + malformed.getMessage(), malformed);
        }
    }

    private static List<String> lines(MetaData head) {
        List<String> lines = new ArrayList<>();
        for (HttpField field : head.getHttpFields()) {
            lines.add(field.getName() + ": " + field.getValue());
        }
        return lines;
    }

    /** Sends FIN and still reads. */
    public void shutdownOutput() {
        raw.shutdownOutput();
    }

    /** Resets the TCP connection. */
    public void reset() {
        raw.reset();
    }

    @Override
    public void close() {
        raw.close();
    }
}
