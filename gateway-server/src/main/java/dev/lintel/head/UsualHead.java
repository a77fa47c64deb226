package dev.lintel.head;

import static dev.lintel.head.Octets.CR;
import static dev.lintel.head.Octets.LF;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpParser;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, if it is usual: all of it is there, {@value #MOST_OCTETS} octets and {@value #MOST_FIELDS} fields at most, HTTP/1.1,
 * a method that Jetty knows, a target that begins with a slash, lines that end with CR LF, fields of a name, a colon, one space, and
 * a value of visible characters with spaces between them; one {@code Host}, at most one {@code Content-Length} of digits, and nothing that
 * changes how a message is framed or what follows it. One for each thread, read again and again.
 */
final class UsualHead {

    static final int MOST_OCTETS = 8192;
    static final int MOST_FIELDS = 64;

    private static final ThreadLocal<UsualHead> OF_THREAD = ThreadLocal.withInitial(UsualHead::new);
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_METHOD = 16;
    private static final int MOST_DIGITS = 18;

    private final byte[] octets = new byte[MOST_OCTETS];
    private final ByteBuffer view = ByteBuffer.wrap(octets);
    private final int[] ends = new int[MOST_FIELDS];
    private final HttpField[] fields = new HttpField[MOST_FIELDS];

    private int limit;
    private int position;
    private int count;
    private int endOfRequestLine;
    private String method = "";
    private String target = "";
    private boolean hostSeen;
    private long contentLength;
    private boolean held;

    private UsualHead() {}

    /** The one of the thread that asks. */
    static UsualHead ofThread() {
        return OF_THREAD.get();
    }

    /**
     * Reads a head, and takes nothing from the buffer. Until it has been given on or forgotten no other is usual on this thread.
     *
     * @param most how many octets a head may have
     * @param known the lines of the connection's last usual head; this one's afterwards, if it is usual
     * @param parser makes the fields
     * @return whether it is usual; if not, nothing here speaks of it
     */
    boolean read(ByteBuffer buffer, int most, KnownLines known, HttpParser parser) {
        if (held) {
            return false;
        }
        limit = Math.min(buffer.remaining(), Math.min(most, MOST_OCTETS));
        buffer.get(buffer.position(), octets, 0, limit);
        count = 0;
        hostSeen = false;
        contentLength = -1;
        if (!requestLine(known) || !fields(known, parser) || !hostSeen) {
            forget();
            return false;
        }
        known.keep(this, octets, ends, fields, count);
        held = true;
        return true;
    }

    private boolean requestLine(KnownLines known) {
        if (known.hasRequestLine(octets, limit)) {
            method = known.method();
            target = known.target();
            position = known.endOfRequestLine();
        } else {
            int endOfMethod = Octets.endOfToken(octets, 0, Math.min(limit, LONGEST_METHOD));
            HttpMethod standard = HttpMethod.CACHE.get(view, 0, endOfMethod);
            int from = endOfMethod + 1;
            if (standard == null || from >= limit || octets[endOfMethod] != ' ' || octets[from] != '/') {
                return false;
            }
            int end = from;
            while (end < limit && octets[end] > ' ' && octets[end] < 0x7F) {
                end++;
            }
            position = end + VERSION.length;
            if (position > limit || !Arrays.equals(octets, end, position, VERSION, 0, VERSION.length)) {
                return false;
            }
            method = standard.asString();
            target = text(from, end);
        }
        endOfRequestLine = position;
        return true;
    }

    private boolean fields(KnownLines known, HttpParser parser) {
        while (position + 2 <= limit && octets[position] != CR) {
            if (count == MOST_FIELDS) {
                return false;
            }
            HttpField field = known.field(count, octets, position, limit);
            if (field == null) {
                field = field(parser);
            } else {
                position += known.length(count);
            }
            if (field == null || !isUsual(field)) {
                return false;
            }
            fields[count] = field;
            ends[count++] = position;
        }
        boolean complete = position + 2 <= limit && octets[position + 1] == LF;
        position += 2;
        return complete;
    }

    private @Nullable HttpField field(HttpParser parser) {
        int start = position;
        int colon = Octets.endOfToken(octets, start, limit);
        if (colon == start || colon + 2 > limit || octets[colon] != ':' || octets[colon + 1] != ' ') {
            return null;
        }
        int from = colon + 2;
        int end = Octets.endOfText(octets, from, limit);
        if (end + 2 > limit || octets[end] != CR || octets[end + 1] != LF) {
            return null;
        }
        if (end == from || octets[from] == ' ' || octets[end - 1] == ' ') {
            return null;
        }
        position = end + 2;
        HttpField common = HttpParser.CACHE.getBest(view, start, end - start);
        if (common != null && isSame(common, from, end)) {
            return common;
        }
        HttpHeader header = HttpHeader.CACHE.get(view, start, colon - start);
        String value = text(from, end);
        return header == HttpHeader.HOST
                ? host(value)
                : parser.newHttpField(header, header == null ? text(start, colon) : header.asString(), value);
    }

    /** Whether a field that Jetty knows, or whose name it knows, has the value that stands here. */
    private boolean isSame(HttpField common, int from, int end) {
        String value = common.getValue();
        if (value.length() != end - from) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != octets[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable HttpField host(String value) {
        try {
            return new HostPortHttpField(value);
        } catch (HttpException.RuntimeException unusable) {
            return null;
        }
    }

    private boolean isUsual(HttpField field) {
        HttpHeader header = field.getHeader();
        if (header == null) {
            return true;
        }
        switch (header) {
            case HOST -> {
                boolean first = !hostSeen;
                hostSeen = true;
                return first;
            }
            case CONTENT_LENGTH -> {
                boolean first = contentLength < 0;
                contentLength = length(field.getValue());
                return first && contentLength >= 0;
            }
            case TRANSFER_ENCODING, EXPECT, UPGRADE -> {
                return false;
            }
            default -> {
                return true;
            }
        }
    }

    /** What digits say, or -1 if there is something else or too much. */
    private static long length(String digits) {
        long length = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9' || i == MOST_DIGITS) {
                return -1;
            }
            length = length * 10 + digit - '0';
        }
        return length;
    }

    private String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    int endOfRequestLine() {
        return endOfRequestLine;
    }

    /** How many octets it has, the empty line included. */
    int length() {
        return position;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    /** How long the body is that follows, or -1 if none does. */
    long contentLength() {
        return contentLength;
    }

    /** Gives the fields as they came, and forgets them. */
    void forEachField(Consumer<HttpField> to) {
        try {
            for (int i = 0; i < count; i++) {
                to.accept(fields[i]);
            }
        } finally {
            forget();
        }
    }

    /** Lets go of what was read. */
    void forget() {
        Arrays.fill(fields, 0, count, null);
        held = false;
    }
}
