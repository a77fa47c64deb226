package dev.lintel;

import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes that filters make to the header fields of a request or a response: what comes from outside is removed, what
 * the gateway writes is kept beside it. Removing never touches what was written here, so that a filter that strips a name
 * does not undo another that sets it. Names are compared folded ({@link HeaderSelector}). Confined to its request.
 */
public final class HeaderChanges {

    private final List<HeaderSelector> removed = new ArrayList<>(4);
    private final List<HeaderField> written = new ArrayList<>(4);
    private List<HeaderField> presets = List.of();
    private List<HeaderField> appended = List.of();
    private List<String> given = List.of();

    HeaderChanges() {}

    /** Removes fields that come from outside, now and later. */
    public void remove(HeaderSelector selector) {
        // kept side by side, since merging would build a table for every request; the same few come again and again
        if (!selector.isEmpty() && !removed.contains(selector)) {
            removed.add(selector);
        }
    }

    /**
     * Writes a field, in place of all that come from outside and of any written earlier under the same name.
     *
     * @throws IllegalArgumentException if the name or the value could not be sent; the value is not shown
     */
    public void set(String name, String value) {
        check(name, value);
        forget(name);
        written.add(new HeaderField(name, value));
    }

    /** Writes one more field beside those written earlier; otherwise like {@link #set}. */
    public void add(String name, String value) {
        check(name, value);
        written.add(new HeaderField(name, value));
    }

    /**
     * Writes a field of a response that stands unless one of its name comes from outside; that one then takes its place.
     *
     * @throws IllegalArgumentException as {@link #set} does
     */
    public void preset(String name, String value) {
        check(name, value);
        List<HeaderField> more = new ArrayList<>(presets);
        more.removeIf(field -> field.name().equalsIgnoreCase(name));
        more.add(new HeaderField(name, value));
        presets = more;
    }

    /**
     * Writes a field of a response beside all of its name that come from outside, as is right for lists such as {@code Vary}.
     *
     * @throws IllegalArgumentException as {@link #set} does
     */
    public void append(String name, String value) {
        check(name, value);
        List<HeaderField> more = new ArrayList<>(appended);
        more.add(new HeaderField(name, value));
        appended = more;
    }

    /** What stands unless something comes from outside; a view that must not be changed. */
    public List<HeaderField> presets() {
        return presets;
    }

    /** What was written beside what comes from outside, in order; a view that must not be changed. */
    public List<HeaderField> appended() {
        return appended;
    }

    /** Whether a field of that name was preset or appended. */
    public boolean offers(String name) {
        for (int i = 0; i < presets.size(); i++) {
            if (presets.get(i).name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        for (int i = 0; i < appended.size(); i++) {
            if (appended.get(i).name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells that a field comes from outside.
     *
     * @return whether a preset stood under its name until now, so that the field takes its place
     */
    public boolean giveWay(String name) {
        if (presets.isEmpty() || contains(given, name)) {
            return false;
        }
        for (int i = 0; i < presets.size(); i++) {
            if (presets.get(i).name().equalsIgnoreCase(name)) {
                List<String> more = new ArrayList<>(given);
                more.add(name);
                given = more;
                return true;
            }
        }
        return false;
    }

    /** Has every preset stand again, since what came from outside was dropped. */
    public void restorePresets() {
        given = List.of();
    }

    /** Takes back what was written under a name. What comes from outside shows again unless it is removed. */
    public void forget(String name) {
        for (int i = written.size() - 1; i >= 0; i--) {
            if (HeaderSelector.sameFolded(written.get(i).name(), name)) {
                written.remove(i);
            }
        }
    }

    /** Whether a field that comes from outside is not to be seen: removed, or replaced by one written here. */
    public boolean hides(String name) {
        for (int i = 0; i < removed.size(); i++) {
            if (removed.get(i).matches(name)) {
                return true;
            }
        }
        for (int i = 0; i < written.size(); i++) {
            if (HeaderSelector.sameFolded(written.get(i).name(), name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether exactly this field was written here. */
    public boolean wrote(String name, @Nullable String value) {
        for (int i = 0; i < written.size(); i++) {
            HeaderField field = written.get(i);
            if (field.value().equals(value) && field.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** The first value written under a name (compared without case only), or null. */
    public @Nullable String value(String name) {
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i).name().equalsIgnoreCase(name)) {
                return written.get(i).value();
            }
        }
        return null;
    }

    /** What was written, in order; a view that must not be changed. */
    public List<HeaderField> written() {
        return written;
    }

    /** What is removed of that which comes from outside, in order; a view that must not be changed. */
    public List<HeaderSelector> removed() {
        return removed;
    }

    /** Whether nothing is changed. */
    public boolean isEmpty() {
        return written.isEmpty() && removed.isEmpty();
    }

    private static boolean contains(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static void check(String name, String value) {
        if (!HeaderSyntax.isName(name)) {
            String shown = HeaderSyntax.isValue(name) ? name : "not shown";
            throw new IllegalArgumentException("header: " + shown + " (expected: a field name)");
        }
        if (!HeaderSyntax.isValue(value)) {
            throw new IllegalArgumentException("value of " + name + ": not shown (expected: no control characters)");
        }
    }
}
