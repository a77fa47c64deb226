package dev.lintel.filters.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url without padding (RFC 7515 section 2, RFC 4648 section 5), read strictly: one text for one sequence of bytes,
 * so that a token cannot be respelled and still verify.
 */
final class Base64Url {

    private static final byte[] VALUE = new byte[128];

    static {
        Arrays.fill(VALUE, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUE[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    /**
     * Whether {@code text[from, to)} is the one canonical spelling of some bytes: only the url-safe alphabet, no padding,
     * a possible length, and the unused bits of the last character zero. Empty text is canonical.
     */
    static boolean isCanonical(String text, int from, int to) {
        int rest = (to - from) & 3;
        if (rest == 1) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 128 || VALUE[c] < 0) {
                return false;
            }
        }
        return switch (rest) {
            case 2 -> (VALUE[text.charAt(to - 1)] & 0x0F) == 0;
            case 3 -> (VALUE[text.charAt(to - 1)] & 0x03) == 0;
            default -> true;
        };
    }

    /** The bytes of {@code text}, which must be canonical. */
    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
