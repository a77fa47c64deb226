package dev.lintel.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The chunked coding, written (RFC 9112, section 7.1). */
final class Chunks {

    private Chunks() {}

    static byte[] chunk(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
        out.writeBytes(new byte[] {'\r', '\n'});
        return out.toByteArray();
    }

    static byte[] last(String... trailerLines) {
        StringBuilder out = new StringBuilder("0\r\n");
        for (String line : trailerLines) {
            out.append(line).append("\r\n");
        }
        return out.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
