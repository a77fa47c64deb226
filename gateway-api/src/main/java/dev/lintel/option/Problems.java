package dev.lintel.option;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects every problem of the object being built, so that all are reported at once. Not thread-safe. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private final @Nullable Problems whole;
    private final String prefix;

    /** Nothing yet. */
    public Problems() {
        this(null, "");
    }

    private Problems(@Nullable Problems whole, String prefix) {
        this.whole = whole;
        this.prefix = prefix;
    }

    /**
     * Problems of a part, which are noted here as well, with the part's name before theirs.
     *
     * @param part put before each name with a dot between
     */
    public Problems under(String part) {
        return new Problems(this, part + ".");
    }

    /**
     * Notes one problem.
     *
     * @param name the option's name
     * @param value what was given; never a secret
     * @param expected the rule in words
     */
    public void add(String name, Object value, String expected) {
        add(new Problem(name, String.valueOf(value), expected));
    }

    /**
     * Notes the problems of a part, with the part's name before theirs.
     *
     * @param prefix put before each name with a dot between
     * @param problems the part's problems
     */
    public void addAll(String prefix, List<Problem> problems) {
        for (Problem problem : problems) {
            add(new Problem(prefix + "." + problem.name(), problem.value(), problem.expected()));
        }
    }

    /**
     * Notes a problem unless a condition holds.
     *
     * @param holds whether the rule is kept
     * @param name the option's name
     * @param value what was given; never a secret
     * @param expected the rule in words
     */
    public void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            add(name, value, expected);
        }
    }

    private void add(Problem problem) {
        found.add(problem);
        if (whole != null) {
            whole.add(new Problem(prefix + problem.name(), problem.value(), problem.expected()));
        }
    }

    /** Whether something was noted about an option. */
    public boolean mention(String name) {
        return found.stream().anyMatch(problem -> problem.name().equals(name));
    }

    /** Whether nothing was noted. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was noted so far, in order; a copy. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /**
     * Throws if anything was noted.
     *
     * @param subject the object that could not be built, for example {@code gateway}
     * @throws GatewayException with every problem noted
     */
    public void throwIfAny(String subject) {
        if (!found.isEmpty()) {
            throw new GatewayException(subject, list());
        }
    }
}
