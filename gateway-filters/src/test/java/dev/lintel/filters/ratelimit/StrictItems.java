package dev.lintel.filters.ratelimit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a list of structured fields as strictly as RFC 9651 sections 4.2.1, 4.2.4 and 4.2.5 say, as far as these fields use
 * it: string items without escapes, integer parameters.
 */
final class StrictItems {

    private final String text;
    private int at;

    private StrictItems(String text) {
        this.text = text;
    }

    /** Each item with its parameters, in order; anything else fails. */
    static Map<String, Map<String, Long>> parse(String text) {
        StrictItems reader = new StrictItems(text);
        Map<String, Map<String, Long>> items = new LinkedHashMap<>();
        do {
            String name = reader.string();
            require(items.put(name, reader.parameters()) == null, "item " + name + " twice");
        } while (reader.comma());
        return items;
    }

    private String string() {
        expect('"');
        int start = at;
        while (peek() != '"') {
            require(peek() >= ' ' && peek() <= '~' && peek() != '\\', "character in string");
            at++;
        }
        at++;
        return text.substring(start, at - 1);
    }

    private Map<String, Long> parameters() {
        Map<String, Long> parameters = new LinkedHashMap<>();
        while (at < text.length() && peek() == ';') {
            at++;
            int start = at;
            require(peek() >= 'a' && peek() <= 'z', "parameter name");
            while (peek() >= 'a' && peek() <= 'z') {
                at++;
            }
            String name = text.substring(start, at);
            expect('=');
            require(parameters.put(name, integer()) == null, "parameter " + name + " twice");
        }
        return parameters;
    }

    private long integer() {
        int start = at;
        while (at < text.length() && peek() >= '0' && peek() <= '9') {
            at++;
        }
        require(at > start && at - start <= 15, "digits");
        return Long.parseLong(text, start, at, 10);
    }

    private boolean comma() {
        if (at == text.length()) {
            return false;
        }
        expect(',');
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
        return true;
    }

    private char peek() {
        require(at < text.length(), "more");
        return text.charAt(at);
    }

    private void expect(char c) {
        require(peek() == c, "'" + c + "'");
        at++;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
