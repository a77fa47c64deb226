package dev.lintel.config.rule;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Notes what is wrong in a rule at the place in the file. */
final class RuleNotes {

    private final IntFunction<Position> places;
    private final Findings findings;
    private boolean any;

    RuleNotes(IntFunction<Position> places, Findings findings) {
        this.places = places;
        this.findings = findings;
    }

    void error(int index, int length, String what, @Nullable String expected) {
        note("bad-rule", index, length, what, expected, null);
    }

    /** What is well-formed and yet more than routes can say. */
    void inexpressible(int index, int length, String what, String remedy) {
        note("inexpressible-rule", index, length, what + " cannot be expressed as routes", remedy, null);
    }

    void unknown(int index, String word, @Nullable String suggestion) {
        boolean pattern = word.endsWith("Regexp");
        if (pattern) {
            inexpressible(index, word.length(), word, "Path(`/users/{id}`), PathPrefix or Host(`*.example.com`)");
        } else {
            note(
                    "unknown-matcher",
                    index,
                    word.length(),
                    "unknown matcher '" + word + "'",
                    suggestion == null ? Matcher.ALL : null,
                    suggestion);
        }
    }

    boolean any() {
        return any;
    }

    private void note(
            String name, int index, int length, String what, @Nullable String expected, @Nullable String suggestion) {
        any = true;
        findings.error(name, places.apply(index), length, "rule: " + what, expected, suggestion);
    }
}
