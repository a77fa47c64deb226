package dev.lintel.head;

import java.util.Arrays;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a connection's last usual head. Clients send most of them again with every request, and what was read from a line holds for
 * the same octets. Keeps {@value #MOST_OCTETS} octets at most, so that an idle connection stays small. Used by one thread at a time.
 */
final class KnownLines {

    static final int MOST_OCTETS = 2048;

    private byte[] octets = {};
    private int[] ends = {};
    private HttpField[] fields = {};
    private int count;
    private int endOfRequestLine;
    private String method = "";
    private String target = "";

    /** Whether the last head began with the same request line. */
    boolean hasRequestLine(byte[] head, int limit) {
        return endOfRequestLine > 0 && isSame(0, endOfRequestLine, head, 0, limit);
    }

    int endOfRequestLine() {
        return endOfRequestLine;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    /** The field of a line of the last head, if the same octets are at an index now; null if others are. */
    @Nullable
    HttpField field(int line, byte[] head, int from, int limit) {
        return line < count && isSame(start(line), ends[line], head, from, limit) ? fields[line] : null;
    }

    /** How many octets a line of the last head has, its end included. */
    int length(int line) {
        return ends[line] - start(line);
    }

    private int start(int line) {
        return line == 0 ? endOfRequestLine : ends[line - 1];
    }

    private boolean isSame(int start, int end, byte[] head, int from, int limit) {
        int to = from + end - start;
        return to <= limit && Arrays.equals(octets, start, end, head, from, to);
    }

    /** Keeps a head in place of the last one; its arrays are copied. */
    void keep(UsualHead head, byte[] headOctets, int[] headEnds, HttpField[] headFields, int fieldCount) {
        int length = headEnds[fieldCount - 1];
        if (length > MOST_OCTETS) {
            count = 0;
            endOfRequestLine = 0;
            return;
        }
        if (octets.length < length) {
            octets = new byte[length];
        }
        if (fields.length < fieldCount) {
            ends = new int[fieldCount];
            fields = new HttpField[fieldCount];
        }
        System.arraycopy(headOctets, 0, octets, 0, length);
        System.arraycopy(headEnds, 0, ends, 0, fieldCount);
        System.arraycopy(headFields, 0, fields, 0, fieldCount);
        Arrays.fill(fields, fieldCount, fields.length, null);
        count = fieldCount;
        endOfRequestLine = head.endOfRequestLine();
        method = head.method();
        target = head.target();
    }
}
