package dev.lintel.option;

/** What the names of routes, upstreams and limits look like. */
public final class Names {

    /** The rule in words. */
    public static final String RULE = "1 to 64 letters, digits, -, _ and .";

    private Names() {}

    /** Whether a text is such a name. */
    public static boolean areValid(String name) {
        return !name.isEmpty()
                && name.length() <= 64
                && name.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'));
    }
}
