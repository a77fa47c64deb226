package dev.lintel.head;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a connection's last usual head. Clients send most of them again with every request, and what was read from a line holds for
 * the same octets. Keeps {@value #MOST_OCTETS} octets and {@value #MOST_LINES} fields at most, so that an idle connection stays small. Cookies
 * and the fields in which credentials usually come it does not keep; what a client puts elsewhere, into a field of another name or into
 * the query, it may keep until the connection ends. Used by one thread at a time.
 */
final class KnownLines {

    static final int MOST_OCTETS = 2048;
    static final int MOST_LINES = 16;

    private static final EnumSet<HttpHeader> SECRET =
            EnumSet.of(HttpHeader.AUTHORIZATION, HttpHeader.PROXY_AUTHORIZATION, HttpHeader.COOKIE);

    /** Fields for credentials that Jetty does not know, by the names that a log masks as well. */
    private static final List<String> SECRET_NAMES = List.of("X-API-Key", "X-Amz-Security-Token");

    private byte[] octets = {};
    private int[] ends = {};
    private @Nullable HttpField[] fields = {};
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
    void keep(UsualHead head, byte[] headOctets, int[] headEnds, HttpField[] headFields, int headCount) {
        count = Math.min(headCount, MOST_LINES);
        while (count > 0 && headEnds[count - 1] > MOST_OCTETS) {
            count--;
        }
        endOfRequestLine = head.endOfRequestLine() <= MOST_OCTETS ? head.endOfRequestLine() : 0;
        int length = count == 0 ? endOfRequestLine : headEnds[count - 1];
        if (octets.length < length || fields.length < count) {
            octets = new byte[Math.max(length, octets.length)];
            ends = new int[count];
            fields = new HttpField[count];
        }
        System.arraycopy(headOctets, 0, octets, 0, length);
        System.arraycopy(headEnds, 0, ends, 0, count);
        System.arraycopy(headFields, 0, fields, 0, count);
        Arrays.fill(fields, count, fields.length, null);
        method = head.method();
        target = endOfRequestLine == 0 ? "" : head.target();
        dropSecrets();
    }

    private void dropSecrets() {
        for (int line = 0; line < count; line++) {
            HttpField field = fields[line];
            if (field != null && isSecret(field)) {
                fields[line] = null;
                Arrays.fill(octets, start(line), ends[line], (byte) 0);
            }
        }
    }

    private static boolean isSecret(HttpField field) {
        HttpHeader known = field.getHeader();
        if (known != null) {
            return SECRET.contains(known);
        }
        for (int i = 0; i < SECRET_NAMES.size(); i++) {
            if (SECRET_NAMES.get(i).equalsIgnoreCase(field.getName())) {
                return true;
            }
        }
        return false;
    }
}
