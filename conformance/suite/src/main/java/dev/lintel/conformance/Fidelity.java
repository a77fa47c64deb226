package dev.lintel.conformance;

import dev.lintel.conformance.Seen.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares the fields of a message that went in with those of the one that came out, byte for byte. */
final class Fidelity {

    /** Fields of one connection: those never come out as they went in. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** What else a gateway decides on the way to an upstream. */
    private static final Set<String> REPLACED = Set.of(
            "host",
            "via",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-real-ip",
            "x-request-id");

    /** What a gateway or container may add on the way to a client; a name and a version are looked for elsewhere. */
    private static final Set<String> OWN = Set.of("date", "server", "x-request-id", "content-length");

    private Fidelity() {}

    /** The fields of a head, without its first line. */
    static List<Field> fields(String head) {
        List<Field> fields = new ArrayList<>();
        String[] lines = head.split("\r\n", -1);
        for (int i = 1; i < lines.length; i++) {
            fields.add(field(lines[i]));
        }
        return fields;
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        int start = colon + 1;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return new Field(line.substring(0, colon), line.substring(start, end));
    }

    /** What is different in an answer, one sentence each. */
    static List<String> ofAnswer(List<Field> sent, List<String> receivedLines, boolean anyCase) {
        List<Field> received = receivedLines.stream().map(Fidelity::field).toList();
        return differences(spelled(sent, anyCase), spelled(received, anyCase), Set.of(), OWN);
    }

    /** What is different in a request, one sentence each. */
    static List<String> ofRequest(List<Field> sent, List<Field> received, boolean anyCase) {
        return differences(spelled(sent, anyCase), spelled(received, anyCase), REPLACED, Set.of("content-length"));
    }

    private static List<Field> spelled(List<Field> fields, boolean anyCase) {
        return anyCase
                ? fields.stream()
                        .map(field -> new Field(field.name().toLowerCase(Locale.ROOT), field.value()))
                        .toList()
                : fields;
    }

    private static List<String> differences(
            List<Field> sent, List<Field> received, Set<String> replaced, Set<String> added) {
        List<String> found = new ArrayList<>();
        Map<String, List<Field>> before = byName(sent);
        Map<String, List<Field>> after = byName(received);
        before.forEach((name, fields) -> {
            List<Field> same = after.getOrDefault(name, List.of());
            if (OF_CONNECTION.contains(name)) {
                if (!same.isEmpty() && same.equals(fields) && !name.equals("transfer-encoding")) {
                    found.add("field of the connection before: " + shown(same));
                }
            } else if (!replaced.contains(name) && !same.equals(fields)) {
                found.add("fields: " + shown(same) + " (expected: " + shown(fields) + ")");
            }
        });
        after.forEach((name, fields) -> {
            boolean mayBe = OF_CONNECTION.contains(name) || replaced.contains(name) || added.contains(name);
            if (!before.containsKey(name) && !mayBe) {
                found.add("fields: " + shown(fields) + " (expected: none)");
            }
        });
        return found;
    }

    private static Map<String, List<Field>> byName(List<Field> fields) {
        Map<String, List<Field>> byName = new LinkedHashMap<>();
        for (Field field : fields) {
            byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field);
        }
        return byName;
    }

    private static String shown(List<Field> fields) {
        StringBuilder text = new StringBuilder("[");
        for (Field field : fields) {
            text.append(text.length() == 1 ? "" : ", ");
            text.append(field.name()).append(": ").append(Escapes.show(field.value()));
        }
        return text.append(']').toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
