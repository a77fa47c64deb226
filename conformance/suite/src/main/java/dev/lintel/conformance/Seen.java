package dev.lintel.conformance;

import dev.lintel.testing.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as its destination saw it: an upstream on the wire, or a servlet through its request.
 *
 * @param line method and target
 * @param fields the header fields, one for each line or value
 * @param body the body, one character for each byte
 * @param complete whether it came to its end
 * @param trailers the trailer lines, verbatim
 * @param dropped whether the gateway left before it was answered
 */
record Seen(String line, List<Field> fields, String body, boolean complete, List<String> trailers, boolean dropped) {

    /** A request without trailers that was answered. */
    Seen(String line, List<Field> fields, String body, boolean complete) {
        this(line, fields, body, complete, List.of(), false);
    }

    /** One header field. */
    record Field(String name, String value) {}

    static Seen of(ReceivedRequest request) {
        List<Field> fields = new ArrayList<>();
        for (String line : request.headerLines()) {
            int colon = line.indexOf(':');
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Seen(
                request.method() + " " + request.target(),
                fields,
                new String(request.body(), StandardCharsets.ISO_8859_1),
                request.complete(),
                request.trailerLines(),
                request.aborted() != null);
    }

    /** The values of a field, whatever the case of its name. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The values of all fields whose names are the same when case and everything but letters and digits is ignored. */
    List<String> foldedValues(String name) {
        String wanted = fold(name);
        return fields.stream()
                .filter(field -> fold(field.name()).equals(wanted))
                .map(Field::value)
                .toList();
    }

    private static String fold(String name) {
        StringBuilder fold = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 128 && Character.isLetterOrDigit(c)) {
                fold.append(Character.toLowerCase(c));
            }
        }
        return fold.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(complete ? "" : "[cut short] ").append(dropped ? "[dropped] " : "");
        text.append(line);
        fields.forEach(
                field -> text.append("\n    ").append(field.name()).append(": ").append(field.value()));
        trailers.forEach(trailer -> text.append("\n    trailer ").append(trailer));
        return text.append("\n    body: ").append(Escapes.show(body)).toString();
    }
}
