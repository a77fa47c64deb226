package dev.lintel.filters.transform;

import dev.lintel.Exchange;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSyntax;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with variables: a dollar sign and a name in braces, with {@code :-} and a text for the case that there is no value. A
 * second dollar sign in front makes it text. Read once; immutable and thread-safe.
 */
final class Template {

    /** More than any container takes in a head. */
    private static final int LONGEST = 8192;

    /**
     * A piece of it.
     *
     * @param text the text itself, or what stands for a variable without a value; null if then nothing is written
     * @param variable null for text
     */
    private record Part(@Nullable String text, @Nullable Variable variable) {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Reads a template, noting what is wrong with it. The text may be a secret and is not shown. */
    static Template parse(String option, String text, Problems problems) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    problems.add(option, "not shown", "a } for every ${");
                    break;
                }
                addLiteral(literal, parts);
                parts.add(variable(option, text.substring(at + 2, end), problems));
                at = end + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        addLiteral(literal, parts);
        boolean sendable = HeaderSyntax.isValue(text) && text.length() <= LONGEST;
        problems.require(sendable, option, "not shown", "no control characters, " + LONGEST + " characters at most");
        problems.require(!text.isBlank(), option, "nothing", "a text; to take a field away, remove it");
        return new Template(parts);
    }

    private static void addLiteral(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part(literal.toString(), null));
            literal.setLength(0);
        }
    }

    private static Part variable(String option, String inside, Problems problems) {
        int otherwise = inside.indexOf(":-");
        String name = otherwise < 0 ? inside : inside.substring(0, otherwise);
        Variable variable = Variable.named(name);
        if (variable == null) {
            problems.add(option, "${" + name + "}", Variable.NAMES);
        }
        return new Part(otherwise < 0 ? null : inside.substring(otherwise + 2), variable);
    }

    /** Whether any of the text is its own, and not a variable's. */
    boolean hasText() {
        return parts.stream().anyMatch(part -> part.text() != null);
    }

    /**
     * The text for a request.
     *
     * @return null if a variable has neither a value nor a text that stands for it
     * @throws UnsafeValueException if it could split a header or a list
     */
    @Nullable
    String render(Exchange exchange, HttpServletRequest request) throws UnsafeValueException {
        if (parts.size() == 1 && parts.get(0).variable() == null) {
            return parts.get(0).text();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Variable variable = part.variable();
            String value = variable == null ? null : variable.of(exchange, request);
            String piece = value == null ? part.text() : value;
            if (piece == null) {
                return null;
            }
            text.append(piece);
        }
        if (text.length() > LONGEST || !HeaderSyntax.isValue(text.toString())) {
            throw new UnsafeValueException();
        }
        return text.toString();
    }
}
