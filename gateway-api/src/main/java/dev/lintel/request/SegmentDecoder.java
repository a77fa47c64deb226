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
            if (octet == '%' && octet(text, i - 2, i + 1) >= 0) {
                return "double-encoding";
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
        return decoded.codePoints().anyMatch(SegmentDecoder::isInvisible) ? "control-character" : null;
    }

    String decoded() {
        return decoded;
    }

    boolean sawSlash() {
        return slash;
    }

    /** The octet that an escape at a place stands for, or -1. */
    static int octet(String text, int at) {
        return octet(text, at, at + 1);
    }

    /** The octet whose two hexadecimal digits are expected at a place, the sign before them being at another. */
    private static int octet(String text, int sign, int digits) {
        if (digits + 1 >= text.length() || text.charAt(sign) != '%') {
            return -1;
        }
        int high = hex(text.charAt(digits));
        int low = hex(text.charAt(digits + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static boolean isInvisible(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
