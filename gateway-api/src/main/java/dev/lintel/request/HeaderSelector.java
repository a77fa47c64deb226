package dev.lintel.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which header fields are meant, by whole names and by prefixes ({@code X-Internal-*}).
 *
 * <p>Names are compared <em>folded</em>: everything that is not a letter or digit is ignored and case is too, so that
 * {@code X-User-ID} also means {@code X_User_ID}, {@code x.user.id} and {@code XUserID}. Servers that turn names into
 * variables (CGI's {@code HTTP_X_USER_ID}) cannot tell such spellings apart, so a gateway must not either. That holds for
 * prefixes too: {@code X-A-*} means {@code XA...} in every spelling, {@code X-Api-Key} included, since a forged field that slips
 * through is worse than one too many that is missing. Immutable and
 * thread-safe; {@link #matches} allocates nothing.
 */
public final class HeaderSelector {

    private static final byte[] FOLDED = foldedCharacters();
    private static final HeaderSelector NONE = new HeaderSelector(List.of());

    /** How many characters are left when names are folded. */
    private static final int KINDS = 36;

    /*
     * Open-addressed table of folded names, found by a hash that is computed while folding, so that a lookup makes no
     * string. Prefixes are few and compared one by one. Most names that are asked for end another way than all of these.
     */
    private final List<String> patterns;
    private final String[] names;
    private final String[] prefixes;

    /** A bit for each pair of first and last character that a selected name may have. */
    private final long[] ends = new long[(KINDS * KINDS + 63) / 64];

    private HeaderSelector(Collection<String> patterns) {
        this.patterns = List.copyOf(patterns);
        List<String> whole = new ArrayList<>();
        List<String> starts = new ArrayList<>();
        for (String pattern : this.patterns) {
            (pattern.endsWith("*") ? starts : whole).add(fold(pattern));
        }
        this.prefixes = starts.toArray(String[]::new);
        this.names = new String[Integer.highestOneBit(Math.max(4, whole.size() * 4)) * 2];
        for (String name : whole) {
            int slot = hash(name) & names.length - 1;
            while (names[slot] != null && !name.equals(names[slot])) {
                slot = slot + 1 & names.length - 1;
            }
            names[slot] = name;
            admit(name.charAt(0), name.charAt(name.length() - 1));
        }
        for (String prefix : prefixes) {
            for (char last = 0; last < FOLDED.length; last++) {
                if (folded(last) == last && last != 0) {
                    admit(prefix.charAt(0), last);
                }
            }
        }
    }

    private void admit(int first, int last) {
        int pair = kind(first) * KINDS + kind(last);
        ends[pair >> 6] |= 1L << pair;
    }

    private static int kind(int folded) {
        return folded <= '9' ? folded - '0' : folded - 'a' + 10;
    }

    /** Selects nothing. */
    public static HeaderSelector none() {
        return NONE;
    }

    /**
     * Selects by names and prefixes.
     *
     * @param patterns field names; one that ends with {@code *} is a prefix
     * @return the selector
     * @throws IllegalArgumentException if a pattern is not a field name (RFC 9110 section 5.1) with at least one letter
     *     or digit, optionally followed by {@code *}
     */
    public static HeaderSelector of(Collection<String> patterns) {
        for (String pattern : patterns) {
            if (!isPattern(pattern)) {
                throw new IllegalArgumentException(
                        "header: " + pattern + " (expected: a field name, or a prefix followed by *)");
            }
        }
        return patterns.isEmpty() ? NONE : new HeaderSelector(patterns);
    }

    /** Selects by names and prefixes; see {@link #of(Collection)}. */
    public static HeaderSelector of(String... patterns) {
        return of(List.of(patterns));
    }

    /** Whether a text can be given to {@link #of(Collection)}. */
    public static boolean isPattern(String pattern) {
        String name = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return HeaderSyntax.isName(name) && !fold(name).isEmpty();
    }

    /** Everything that this or another selects. */
    public HeaderSelector or(HeaderSelector other) {
        if (other == this || patterns.containsAll(other.patterns)) {
            return this;
        }
        if (patterns.isEmpty()) {
            return other;
        }
        List<String> both = new ArrayList<>(patterns);
        for (String pattern : other.patterns) {
            if (!both.contains(pattern)) {
                both.add(pattern);
            }
        }
        return new HeaderSelector(both);
    }

    /** Whether a field name is selected. */
    public boolean matches(String name) {
        if (!mayMatch(name)) {
            return false;
        }
        int slot = hash(name) & names.length - 1;
        while (names[slot] != null) {
            if (foldedEquals(names[slot], name)) {
                return true;
            }
            slot = slot + 1 & names.length - 1;
        }
        for (String prefix : prefixes) {
            if (foldedStartsWith(name, prefix)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayMatch(String name) {
        int first = next(name, 0);
        if (first == name.length()) {
            return false;
        }
        int last = name.length() - 1;
        while (folded(name.charAt(last)) == 0) {
            last--;
        }
        int pair = kind(folded(name.charAt(first))) * KINDS + kind(folded(name.charAt(last)));
        return (ends[pair >> 6] & 1L << pair) != 0;
    }

    /** Whether this selects nothing. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** The names and prefixes as they were given. */
    public List<String> patterns() {
        return patterns;
    }

    /** Whether two field names are the same when folded. Allocates nothing. */
    public static boolean sameFolded(String one, String other) {
        int i = 0;
        int j = 0;
        while (true) {
            i = next(one, i);
            j = next(other, j);
            if (i == one.length() || j == other.length()) {
                return i == one.length() && j == other.length();
            }
            if (folded(one.charAt(i++)) != folded(other.charAt(j++))) {
                return false;
            }
        }
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }

    private static boolean foldedEquals(String fold, String name) {
        int at = 0;
        for (int i = 0; i < name.length(); i++) {
            int c = folded(name.charAt(i));
            if (c == 0) {
                continue;
            }
            if (at == fold.length() || fold.charAt(at++) != c) {
                return false;
            }
        }
        return at == fold.length();
    }

    private static boolean foldedStartsWith(String name, String fold) {
        int at = 0;
        for (int i = 0; i < name.length() && at < fold.length(); i++) {
            int c = folded(name.charAt(i));
            if (c != 0 && fold.charAt(at++) != c) {
                return false;
            }
        }
        return at == fold.length();
    }

    /** A field name as names are compared: its letters, in lower case, and its digits. */
    public static String fold(String name) {
        StringBuilder fold = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            int c = folded(name.charAt(i));
            if (c != 0) {
                fold.append((char) c);
            }
        }
        return fold.toString();
    }

    private static int hash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            int c = folded(name.charAt(i));
            if (c != 0) {
                hash = hash * 31 + c;
            }
        }
        return hash ^ hash >>> 16;
    }

    private static int next(String name, int from) {
        int i = from;
        while (i < name.length() && folded(name.charAt(i)) == 0) {
            i++;
        }
        return i;
    }

    /** Lower-case letter or digit, or 0 for a character that folding ignores. */
    private static int folded(char c) {
        return c < FOLDED.length ? FOLDED[c] : 0;
    }

    private static byte[] foldedCharacters() {
        byte[] folded = new byte[128];
        for (char c = '0'; c <= '9'; c++) {
            folded[c] = (byte) c;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            folded[c] = (byte) c;
            folded[c - 'a' + 'A'] = (byte) c;
        }
        return folded;
    }
}
