package dev.lintel.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes the percent-encoding of one segment, whose other characters are known to be ASCII. */
final class SegmentDecoder {

    private final String text;
    private String decoded = "";
    private boolean slash;

    SegmentDecoder(String text) {
        this.text = text;
    }

    /** Decodes; returns the name of the broken rule, or null. */
    @Nullable
    String decode() {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            int octet = octet(text, i);
            if (octet < 0) {
                return "broken-escape";
            }
            i += 2;
            if (octet == '\\') {
                return "encoded-backslash";
            }
            if (octet < ' ' || octet == 0x7f) {
                return "control-character";
            }
            slash |= octet == '/';
            bytes[length++] = (byte) octet;
        }
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return "not-utf8";
        }
        for (int i = 0; i < decoded.length(); i++) {
            if (isInvisible(decoded.charAt(i))) {
                return "control-character";
            }
            // only now: the digits behind a %25 may have been escaped as well
            if (octet(decoded, i) >= 0) {
                return "double-encoding";
            }
        }
        return null;
    }

    String decoded() {
        return decoded;
    }

    boolean sawSlash() {
        return slash;
    }

    /** The octet that an escape at a place stands for, or -1. */
    static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = hex(text.charAt(at + 1));
        int low = hex(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static boolean isInvisible(char c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
