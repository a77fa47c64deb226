package dev.lintel.filters.jwt;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object as RFC 8259 has it and nothing more: valid UTF-8, no duplicate member at any depth (RFC 7515
 * section 4, RFC 7519 section 4), no lone surrogate, nothing after the end, and at most {@value #MAX_DEPTH} levels. Whole
 * numbers become {@link Long} when they fit and {@link Double} otherwise. Time is linear in the input, whose size is the
 * caller's to bound.
 */
final class StrictJson {

    static final int MAX_DEPTH = 32;

    /** Longer numbers say nothing a claim or a key needs, and parsing them is not linear. */
    private static final int MAX_NUMBER = 64;

    /** The text is not one acceptable JSON object. Carries no part of it. */
    static final class Malformed extends Exception {
        Malformed(String rule) {
            super(rule, null, false, false);
        }
    }

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /** The members of the object, in their order; nested values are unmodifiable maps and lists. */
    static Map<String, @Nullable Object> object(byte[] utf8) throws Malformed {
        try {
            return object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new Malformed("not UTF-8");
        }
    }

    /** The same for text that is already decoded. */
    static Map<String, @Nullable Object> object(String text) throws Malformed {
        StrictJson json = new StrictJson(text);
        json.skipSpace();
        if (json.peek() != '{') {
            throw new Malformed("not an object");
        }
        Map<String, @Nullable Object> object = json.object(1);
        json.skipSpace();
        if (json.at != text.length()) {
            throw new Malformed("text after the object");
        }
        return object;
    }

    private Map<String, @Nullable Object> object(int depth) throws Malformed {
        at++;
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return Collections.unmodifiableMap(members);
        }
        while (true) {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            int before = members.size();
            members.put(name, value(depth));
            if (members.size() == before) {
                throw new Malformed("duplicate member");
            }
            skipSpace();
            if (endOrComma('}')) {
                return Collections.unmodifiableMap(members);
            }
        }
    }

    private List<@Nullable Object> array(int depth) throws Malformed {
        at++;
        List<@Nullable Object> elements = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return Collections.unmodifiableList(elements);
        }
        while (true) {
            elements.add(value(depth));
            skipSpace();
            if (endOrComma(']')) {
                return Collections.unmodifiableList(elements);
            }
        }
    }

    private @Nullable Object value(int depth) throws Malformed {
        skipSpace();
        char c = peek();
        if (c == '{' || c == '[') {
            if (depth == MAX_DEPTH) {
                throw new Malformed("nested too deep");
            }
            return c == '{' ? object(depth + 1) : array(depth + 1);
        }
        return switch (c) {
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private @Nullable Object literal(String word, @Nullable Object value) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw new Malformed("unknown literal");
        }
        at += word.length();
        return value;
    }

    private String string() throws Malformed {
        expect('"');
        int start = at;
        StringBuilder unescaped = null;
        while (true) {
            char c = peek();
            if (c == '"') {
                String tail = text.substring(start, at++);
                return unescaped == null ? tail : unescaped.append(tail).toString();
            }
            if (c < ' ') {
                throw new Malformed("control character in a string");
            }
            at++;
            if (c == '\\') {
                unescaped = (unescaped == null ? new StringBuilder() : unescaped).append(text, start, at - 1);
                escape(unescaped);
                start = at;
            }
        }
    }

    private void escape(StringBuilder out) throws Malformed {
        char c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> unicode(out);
            default -> throw new Malformed("unknown escape");
        }
    }

    private void unicode(StringBuilder out) throws Malformed {
        char first = hex4();
        if (Character.isLowSurrogate(first)) {
            throw new Malformed("lone surrogate");
        }
        out.append(first);
        if (Character.isHighSurrogate(first)) {
            expect('\\');
            expect('u');
            char second = hex4();
            if (!Character.isLowSurrogate(second)) {
                throw new Malformed("lone surrogate");
            }
            out.append(second);
        }
    }

    private char hex4() throws Malformed {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new Malformed("broken unicode escape");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private Number number() throws Malformed {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (has('.')) {
            at++;
            digits();
            whole = false;
        }
        if (has('e') || has('E')) {
            at++;
            if (has('+') || has('-')) {
                at++;
            }
            digits();
            whole = false;
        }
        if (at - start > MAX_NUMBER) {
            throw new Malformed("number too long");
        }
        String digits = text.substring(start, at);
        if (whole && digits.length() <= 18) {
            return Long.parseLong(digits);
        }
        return asNumber(digits, whole);
    }

    private static Number asNumber(String digits, boolean whole) throws Malformed {
        if (whole) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException tooLarge) {
                return Double.parseDouble(digits);
            }
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw new Malformed("number out of range");
        }
        return value;
    }

    private void digits() throws Malformed {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new Malformed("digit expected");
        }
    }

    private boolean endOrComma(char end) throws Malformed {
        char c = peek();
        at++;
        if (c == end) {
            return true;
        }
        if (c != ',') {
            throw new Malformed("comma expected");
        }
        return false;
    }

    private boolean has(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void expect(char c) throws Malformed {
        if (peek() != c) {
            throw new Malformed("unexpected character");
        }
        at++;
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed("unexpected end");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }
}
