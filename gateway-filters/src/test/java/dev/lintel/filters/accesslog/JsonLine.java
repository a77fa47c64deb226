package dev.lintel.filters.accesslog;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one flat JSON object of strings and whole numbers, strictly: printable ASCII, no space, no name twice. */
final class JsonLine {

    private final String text;
    private int at;

    private JsonLine(String text) {
        this.text = text;
    }

    static Map<String, Object> read(String line) {
        return new JsonLine(line).object();
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        do {
            String name = string();
            expect(':');
            Object value = peek() == '"' ? string() : number();
            if (members.put(name, value) != null) {
                throw wrong("name twice: " + name);
            }
        } while (next() == ',');
        at--;
        expect('}');
        if (at != text.length()) {
            throw wrong("something after the object");
        }
        return members;
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        expect('"');
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ' || c > '~') {
                throw wrong("character " + (int) c);
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char kind = next();
        if (kind == '"' || kind == '\\') {
            return kind;
        }
        if (kind != 'u') {
            throw wrong("escape " + kind);
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Long number() {
        int from = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        return Long.parseLong(text.substring(from, at));
    }

    private void expect(char c) {
        if (next() != c) {
            at--;
            throw wrong("no " + c);
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private AssertionError wrong(String what) {
        return new AssertionError(what + " at " + at + " of " + text);
    }
}
