package dev.lintel.testing.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One frame (RFC 9113 section 4.1), right or wrong.
 *
 * @param type its type, 0 to 255
 * @param flags its flags, 0 to 255
 * @param stream its stream, reserved bit included
 * @param payload what follows the nine bytes of its head
 */
@SuppressWarnings("ArrayRecordComponent") // made for one test, compared by none
public record Frame(int type, int flags, int stream, byte[] payload) {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** Of SETTINGS and PING. */
    public static final int ACK = 1;

    /** Of DATA and HEADERS. */
    public static final int END_STREAM = 1;

    /** Of HEADERS and CONTINUATION. */
    public static final int END_HEADERS = 4;

    public static final int PADDED = 8;
    public static final int WITH_PRIORITY = 32;

    /** HEADERS that are whole, with fields as names and values in turn. */
    public static Frame headers(int stream, boolean end, String... namesAndValues) {
        return new Frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, HeaderBlock.of(namesAndValues));
    }

    /** A whole GET request without a body. */
    public static Frame get(int stream, String path) {
        return headers(stream, true, ":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path);
    }

    /** The head of a POST request, and further fields. */
    public static Frame post(int stream, String path, String... namesAndValues) {
        String[] fields = Arrays.copyOf(
                new String[] {":method", "POST", ":scheme", "http", ":authority", "localhost", ":path", path},
                8 + namesAndValues.length);
        System.arraycopy(namesAndValues, 0, fields, 8, namesAndValues.length);
        return headers(stream, false, fields);
    }

    public static Frame data(int stream, boolean end, String latin1) {
        return new Frame(DATA, end ? END_STREAM : 0, stream, latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static Frame continuation(int stream, boolean end, byte[] block) {
        return new Frame(CONTINUATION, end ? END_HEADERS : 0, stream, block);
    }

    public static Frame rst(int stream, int code) {
        return new Frame(RST_STREAM, 0, stream, integers(code));
    }

    /** Settings as identifiers and values in turn. */
    public static Frame settings(int... identifiersAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(identifiersAndValues.length * 3);
        for (int i = 0; i < identifiersAndValues.length; i += 2) {
            payload.putShort((short) identifiersAndValues[i]).putInt(identifiersAndValues[i + 1]);
        }
        return new Frame(SETTINGS, 0, 0, payload.array());
    }

    public static Frame ping(long opaque) {
        return new Frame(PING, 0, 0, ByteBuffer.allocate(8).putLong(opaque).array());
    }

    public static Frame goAway(int lastStream, int code) {
        return new Frame(GOAWAY, 0, 0, integers(lastStream, code));
    }

    public static Frame windowUpdate(int stream, int increment) {
        return new Frame(WINDOW_UPDATE, 0, stream, integers(increment));
    }

    /** PRIORITY with a weight of 16. */
    public static Frame priority(int stream, int dependsOn) {
        return new Frame(
                PRIORITY,
                0,
                stream,
                ByteBuffer.allocate(5).putInt(dependsOn).put((byte) 15).array());
    }

    /** Payload of big-endian integers. */
    public static byte[] integers(int... numbers) {
        ByteBuffer payload = ByteBuffer.allocate(numbers.length * 4);
        for (int number : numbers) {
            payload.putInt(number);
        }
        return payload.array();
    }

    /** The same with other flags. */
    public Frame withFlags(int other) {
        return new Frame(type, other, stream, payload);
    }

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** An integer of its payload. */
    public int integerAt(int index) {
        return ByteBuffer.wrap(payload).getInt(index);
    }

    /** As it is sent. */
    public byte[] bytes() {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    @Override
    public String toString() {
        return "frame of type " + type + ", flags " + flags + ", stream " + stream + ", " + payload.length + " bytes";
    }
}
