package dev.lintel.config.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a file as it may be shown: without what is secret, without characters that terminals act on, and not too long.
 *
 * @param text the line or a part of it
 * @param mark where in it the finding begins, from 0
 */
record Excerpt(String text, int mark) {

    /** Shown where nothing can be. */
    static final Excerpt NONE = new Excerpt("", 0);

    private static final int LONGEST = 200;
    private static final String MASK = "***";

    /** Names that promise a secret, for lines of files that could not be read to their end. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)(secret|passw|token|key|credential|authorization)[\\w-]*[\"']?\\s*[:=]\\s*");

    /** A part of a line that is not shown, from 0, the end excluded. */
    record Masked(int from, int to) {}

    /**
     * Makes an excerpt.
     *
     * @param line the line as it stands in the file
     * @param at where the finding begins, in code points from 0
     * @param masked what is not shown, in code points, in order and apart
     * @param guess whether what follows a name that promises a secret is masked, too
     */
    static Excerpt of(String line, int at, List<Masked> masked, boolean guess) {
        int[] characters = line.codePoints().toArray();
        StringBuilder shown = new StringBuilder();
        int mark = -1;
        int next = 0;
        for (int i = 0; i < characters.length; i++) {
            if (i == at) {
                mark = shown.length();
            }
            if (next < masked.size() && i >= masked.get(next).from()) {
                int end = Math.min(masked.get(next).to(), characters.length);
                shown.append(MASK);
                if (at > i && at < end) {
                    mark = shown.length() - MASK.length();
                }
                i = Math.max(i, end - 1);
                next++;
            } else {
                shown.append(printable(characters[i]));
            }
        }
        int known = mark < 0 ? shown.length() : mark;
        String text = shown.toString();
        return window(guess ? guessed(text, known) : text, known);
    }

    private static String guessed(String text, int mark) {
        Matcher name = SECRET_NAME.matcher(text);
        return name.find()
                ? text.substring(0, name.end()) + MASK + " ".repeat(Math.max(0, mark - name.end() - 3))
                : text;
    }

    private static Excerpt window(String text, int mark) {
        int from = mark < LONGEST / 2 ? 0 : Math.max(0, Math.min(mark - LONGEST / 2, text.length() - LONGEST));
        String part = text.substring(from, Math.min(text.length(), from + LONGEST));
        return new Excerpt(part.stripTrailing().isEmpty() ? "" : part, mark - from);
    }

    private static char printable(int character) {
        boolean shown = Printable.isPrintable(character) && Character.isBmpCodePoint(character);
        return shown ? (char) character : character == '\t' ? ' ' : '\u00b7';
    }
}
