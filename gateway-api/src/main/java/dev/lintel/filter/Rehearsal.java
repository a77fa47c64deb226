package dev.lintel.filter;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What filters are asked by when somebody wants to know what they would do ({@link LintelFilter#predict}): whether what they count
 * may be looked at only or is to be tried out, and what they have to say of their decision. Not thread-safe.
 */
public final class Rehearsal {

    /** Stands for the id that a request is only given when it is served. */
    public static final String REQUEST_ID = "(a new id)";

    /** Stands for a number that is only known when it has been counted. */
    public static final String COUNTED = "(counted then)";

    private final boolean series;
    private final IdentityHashMap<Object, Object> states = new IdentityHashMap<>();
    private final Set<String> concealed = new HashSet<>();
    private List<String> remarks = new ArrayList<>();
    private @Nullable String unknown;

    private Rehearsal(boolean series) {
        this.series = series;
    }

    /** For one request: filters look at what they have counted, and change nothing of it. */
    public static Rehearsal look() {
        return new Rehearsal(false);
    }

    /**
     * For requests one after the other, each of which counts for those after it: in state that is made for this series, and apart
     * from what the filters have counted of the requests that they serve.
     */
    public static Rehearsal series() {
        return new Rehearsal(true);
    }

    /** Whether requests count for those after them, in {@link #state}. */
    public boolean isSeries() {
        return series;
    }

    /**
     * The state of a filter for this rehearsal alone.
     *
     * @param owner the filter, by identity
     * @param fresh makes it where there is none yet; always of one type for one owner
     */
    @SuppressWarnings("unchecked")
    public <T> T state(Object owner, Supplier<? extends T> fresh) {
        Object known = states.get(owner);
        if (known == null) {
            known = requireNonNull(fresh.get(), "fresh");
            states.put(owner, known);
        }
        return (T) known;
    }

    /**
     * Says something of the decision of the filter that is asked.
     *
     * @param text for a person; nothing of a credential
     */
    public void remark(String text) {
        remarks.add(requireNonNull(text, "text"));
    }

    /**
     * Has the values of a header field not shown, because what is written there may be a secret.
     *
     * @param field its name, compared without case
     */
    public void conceal(String field) {
        concealed.add(field.toLowerCase(Locale.ROOT));
    }

    /** Whether the values of a header field are not to be shown. */
    public boolean conceals(String field) {
        return concealed.contains(field.toLowerCase(Locale.ROOT));
    }

    /**
     * Says that the filter that is asked cannot tell what it would do. It then must neither call the chain nor answer; the request goes
     * on as if it had passed without a change.
     *
     * @param why for a person
     */
    public void notPredictable(String why) {
        unknown = requireNonNull(why, "why");
    }

    /** For whoever asks: why the filter could not tell, since the last call; null if it could. */
    public @Nullable String takeUnknown() {
        String why = unknown;
        unknown = null;
        return why;
    }

    /** For whoever asks: what was said since the last call. */
    public List<String> takeRemarks() {
        List<String> said = List.copyOf(remarks);
        remarks = new ArrayList<>();
        return said;
    }
}
