package dev.lintel.config.tree;

import static java.util.Objects.requireNonNull;

import dev.lintel.config.report.Position;

/**
 * A single value. All are texts: what a text means, whoever asks for it decides, so that {@code no} is no truth value and
 * {@code 1.20} no number unless somebody wants one.
 *
 * @param span where it stands
 * @param text its value, with all references replaced
 * @param written its value as the file has it, with its references
 * @param style how it is written
 * @param readable whether all of its references could be replaced; if not, that has been told, and nothing else need be said of it
 */
public record ScalarNode(Span span, String text, String written, Style style, boolean readable) implements Node {

    /** How a value is written. */
    public enum Style {
        /** Without quotes. */
        PLAIN,
        /** In quotes, without escapes, on one line. */
        QUOTED,
        /** In any other way, so that its characters do not stand in the file as they are. */
        OTHER
    }

    /** Checks that nothing is null. */
    public ScalarNode {
        requireNonNull(span, "span");
        requireNonNull(text, "text");
        requireNonNull(written, "written");
        requireNonNull(style, "style");
    }

    @Override
    public Position position() {
        return span.start();
    }

    @Override
    public int width() {
        return span.width();
    }

    @Override
    public long size() {
        return 1;
    }

    @Override
    public String kind() {
        return isNothing() ? "nothing" : "a text";
    }

    /** Whether it is YAML's null: written as nothing, {@code ~} or {@code null}. */
    public boolean isNothing() {
        return style == Style.PLAIN && (written.isEmpty() || written.equals("~") || written.equalsIgnoreCase("null"));
    }

    /** Whether references were replaced in it, so that its text may be a secret that does not stand in the file. */
    public boolean isSubstituted() {
        return !text.equals(written);
    }

    /** What may be shown of it: as written, if references were replaced. */
    public String shown() {
        return written;
    }

    /** Where a character of the value stands; the value's own place if that cannot be told. */
    public Position at(int index) {
        boolean exact = style != Style.OTHER && !isSubstituted() || style != Style.OTHER && index < written.length();
        return exact ? span.start().plus(index + (style == Style.QUOTED ? 1 : 0)) : span.start();
    }

    /** The same value with another text in place of its references. */
    ScalarNode replaced(String replacement) {
        return new ScalarNode(span, replacement, written, style, true);
    }

    /** The same value, of which a reference could not be replaced. */
    ScalarNode unreadable() {
        return new ScalarNode(span, "", written, style, false);
    }
}
