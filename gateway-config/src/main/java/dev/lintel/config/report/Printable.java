package dev.lintel.config.report;

/** Takes out of texts that may be anybody's what terminals and logs act upon: control characters, line ends, changes of direction. */
public final class Printable {

    private static final char STAND_IN = '\u00b7';

    private Printable() {}

    /** The text with a dot in place of each of them. */
    public static String text(String text) {
        if (text.codePoints().allMatch(Printable::isPrintable)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : STAND_IN));
        return printable.toString();
    }

    static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
