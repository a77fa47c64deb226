package dev.lintel.testing;

import java.nio.charset.StandardCharsets;

/** Bytes made readable for a failure message: printable ASCII as it is, everything else escaped, long ones cut. */
final class Transcript {

    private static final int SHOWN = 4096;

    private Transcript() {}

    static String of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static String of(String latin1) {
        return of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String of(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SHOWN);
        StringBuilder text = new StringBuilder();
        text.append(to - from).append(" bytes");
        if (end > from) {
            text.append(":\n");
        }
        for (int i = from; i < end; i++) {
            append(text, bytes[i] & 0xff);
        }
        if (end < to) {
            text.append(" ... ").append(to - end).append(" more bytes");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet == '\n') {
            text.append("\\n\n");
        } else if (octet == '\r') {
            text.append("\\r");
        } else if (octet == '\t') {
            text.append("\\t");
        } else if (octet < 0x20 || octet > 0x7e) {
            text.append("\\x").append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
        } else {
            text.append((char) octet);
        }
    }
}
