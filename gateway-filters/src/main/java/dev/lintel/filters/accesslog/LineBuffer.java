package dev.lintel.filters.accesslog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one line while it is put together, and its way through the queue afterwards. Printable ASCII only, whatever
 * is put in. Not thread-safe.
 */
final class LineBuffer {

    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final String CUT = "...";

    /** Four bytes of UTF-8. */
    private static final int LONGEST_ESCAPE = 16;

    private byte[] bytes = new byte[384];
    private int length;

    /** Makes it empty. */
    LineBuffer clear() {
        length = 0;
        return this;
    }

    /** Whether it is worth keeping for another line. */
    boolean isSmall() {
        return bytes.length <= 1024;
    }

    int length() {
        return length;
    }

    /** Puts text that is known to be harmless ASCII. */
    LineBuffer ascii(String text) {
        int size = text.length();
        ensure(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    LineBuffer ascii(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
        return this;
    }

    LineBuffer number(long number) {
        if (number < 0) {
            return ascii(Long.toString(number));
        }
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        ensure(digits);
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /**
     * Puts a field of a text line that ends at the next space: {@code -} if there is none, spaces escaped.
     *
     * @param most the most bytes it may take, the {@code ...} of one that is cut included
     */
    LineBuffer word(@Nullable String text, int most) {
        return text == null || text.isEmpty() ? ascii('-') : escaped(text, most, ' ');
    }

    /** Puts what stands between two quotes of a text line: {@code -} if there is nothing; otherwise like {@link #word}. */
    LineBuffer quoted(@Nullable String text, int most) {
        return text == null || text.isEmpty() ? ascii('-') : escaped(text, most, '\u001f');
    }

    /**
     * Puts a JSON string with its quotes (RFC 8259 section 7).
     *
     * @param most the most characters taken of the text; {@code ...} follows if it has more
     */
    LineBuffer json(String text, int most) {
        ascii('"');
        int end = Math.min(text.length(), most);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                ascii('\\').ascii(c);
            } else if (c >= ' ' && c < 0x7f) {
                ascii(c);
            } else {
                ascii("\\u");
                ensure(4);
                for (int shift = 12; shift >= 0; shift -= 4) {
                    bytes[length++] = LOWER[c >> shift & 15];
                }
            }
        }
        if (end < text.length()) {
            ascii(CUT);
        }
        return ascii('"');
    }

    /** Puts the bytes into another buffer, which has room for them. */
    void copyTo(ByteBuffer out) {
        out.put(bytes, 0, length);
    }

    /** The bytes as a buffer to be read. */
    ByteBuffer toRead() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private LineBuffer escaped(String text, int most, char lastEscaped) {
        int last = length + most - CUT.length() - LONGEST_ESCAPE;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (length > last) {
                return ascii(CUT);
            }
            if (c > lastEscaped && c < 0x7f && c != '"' && c != '\\') {
                ascii(c);
            } else if (c <= 0xff) {
                // containers read header fields as Latin-1: this is the byte that was sent
                hex(c);
            } else {
                for (byte b : text.substring(i, pair ? i + 2 : i + 1).getBytes(StandardCharsets.UTF_8)) {
                    hex(b);
                }
                i += pair ? 1 : 0;
            }
        }
        return this;
    }

    private void hex(int b) {
        ensure(4);
        bytes[length++] = '\\';
        bytes[length++] = 'x';
        bytes[length++] = UPPER[b >> 4 & 15];
        bytes[length++] = UPPER[b & 15];
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
