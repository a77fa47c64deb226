package dev.lintel.conformance;

import dev.lintel.conformance.Outcome.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * D10: {@code Transfer-Encoding: chunked}, disguised by one octet in every place where one may hide. Each is put beside a
 * {@code Content-Length}, as whoever smuggles does: a gateway that takes the one and an upstream that takes the other
 * disagree about where the request ends. None of them may pass.
 */
final class TransferEncodingGrid {

    /** Controls, what looks like space in some character set, and delimiters. */
    private static final int[] OCTETS = {
        0x00, 0x01, 0x04, 0x08, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x1a, 0x1b, 0x1c, 0x1f, 0x20, 0x22, 0x27, 0x2c, 0x2d,
        0x3a, 0x3b, 0x3d, 0x5c, 0x7f, 0x85, 0xa0, 0xad, 0xc0, 0xff
    };

    /** Where the octet goes: {@code *}. */
    private static final List<String> PLACES = List.of(
            "*Transfer-Encoding: chunked",
            "Transfer-Encoding*: chunked",
            "Transfer-*Encoding: chunked",
            "Transfer-Encoding:*chunked",
            "Transfer-Encoding: *chunked",
            "Transfer-Encoding: chunked*",
            "Transfer-Encoding: chun*ked",
            "X: y*Transfer-Encoding: chunked",
            "X: y\r*Transfer-Encoding: chunked");

    private TransferEncodingGrid() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int place = 0; place < PLACES.size(); place++) {
            for (int octet : OCTETS) {
                String line = PLACES.get(place).replace('*', (char) octet);
                if (isNoDisguise(line)) {
                    continue;
                }
                String shown = Escapes.show(line).replace("\n", "");
                rows.add(row("D10." + (place + 1) + String.format("%02x", octet), shown, line));
            }
        }
        return rows;
    }

    /** Is the field itself, which D01 and D08 are about, or nothing but a value, or a name with a value, of another. */
    private static boolean isNoDisguise(String line) {
        String plain = line.replace("X: y\r\n", "").replace(" ", "");
        char octet = line.startsWith("X: y") ? line.charAt(4) : ' ';
        boolean valueOfAnother = line.startsWith("X: y") && octet > ' ' && octet != 0x7f || line.startsWith("X: y Tr");
        return plain.equals("Transfer-Encoding:chunked") || valueOfAnother || line.startsWith("Transfer-:");
    }

    private static Row row(String id, String shown, String line) {
        String request = "POST /public/x HTTP/1.1\r\nHost: gw\r\nContent-Length: 5\r\n" + line + "\r\n\r\n0\r\n\r\n";
        Step refused =
                new Step(List.of(400, 501), false, null, false, true, null, new ArrayList<>(), new ArrayList<>());
        return new Row(
                id,
                "a disguised transfer coding",
                shown,
                "RFC 9112 sections 5 and 6.1; CWE-444",
                new Row.Sending(request, false, Row.Ending.NONE, false),
                null,
                Set.of(),
                List.of(new Outcome(EnumSet.allOf(Form.class), List.of(refused))));
    }
}
