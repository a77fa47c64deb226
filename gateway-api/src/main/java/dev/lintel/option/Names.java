package dev.lintel.option;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What the names of routes, upstreams and limits look like, and which name was probably meant by another. */
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

    /**
     * The valid name that was probably meant: the one to which the fewest slips lead. A slip is a letter too much, one that is
     * missing, another one, or two that changed places; case and the signs {@code -} and {@code _} do not count. At most one slip in three
     * letters, so that nothing is suggested that is merely as short. Names with dots are compared part by part.
     *
     * @param unknown the name that was given
     * @param valid those that there are, at best in the order in which they are listed
     * @return the nearest, the first of several; empty if none is near
     */
    public static Optional<String> nearest(String unknown, Collection<String> valid) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        if (unknown.length() <= 128) {
            for (String name : valid) {
                int slips = slips(parts(unknown), parts(name));
                if (slips < fewest) {
                    fewest = slips;
                    best = name;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static String[] parts(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").split("\\.", -1);
    }

    private static int slips(String[] from, String[] to) {
        int all = 0;
        for (int i = 0; i < from.length; i++) {
            int most = Math.min(Math.max(1, from[i].length() / 3), from[i].length() - 1);
            if (from.length != to.length || Math.abs(from[i].length() - to[i].length()) > Math.max(most, 0)) {
                return Integer.MAX_VALUE;
            }
            int slips = from[i].equals(to[i]) ? 0 : slips(from[i], to[i]);
            if (slips > most && slips > 0) {
                return Integer.MAX_VALUE;
            }
            all += slips;
        }
        return all;
    }

    /** Optimal string alignment: no part of a word is changed twice. */
    private static int slips(String from, String to) {
        int[][] table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int fewest = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1);
                fewest = Math.min(fewest, table[i - 1][j - 1] + other);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    fewest = Math.min(fewest, table[i - 2][j - 2] + 1);
                }
                table[i][j] = fewest;
            }
        }
        return table[from.length()][to.length()];
    }
}
