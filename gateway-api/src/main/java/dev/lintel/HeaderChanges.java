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

    /** Whether nothing is changed. */
    public boolean isEmpty() {
        return written.isEmpty() && removed.isEmpty();
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
