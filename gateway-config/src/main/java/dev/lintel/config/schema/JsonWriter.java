package dev.lintel.config.schema;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as indented JSON (RFC 8259). */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String write(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.put(value, "\n");
        return writer.out.append('\n').toString();
    }

    private void put(Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            put(map, line);
        } else if (value instanceof List<?> list) {
            put(list, line);
        } else if (value instanceof String text) {
            put(text);
        } else {
            out.append(value);
        }
    }

    private void put(Map<?, ?> map, String line) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        char before = '{';
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.append(before).append(line).append("  ");
            put(String.valueOf(member.getKey()));
            out.append(": ");
            put(member.getValue(), line + "  ");
            before = ',';
        }
        out.append(line).append('}');
    }

    private void put(List<?> list, String line) {
        boolean flat = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
        out.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            if (!flat) {
                out.append(line).append("  ");
            }
            put(items.next(), line + "  ");
            if (items.hasNext()) {
                out.append(flat ? ", " : ",");
            }
        }
        out.append(flat ? "]" : line + "]");
    }

    private void put(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
