package dev.lintel.explain;

import dev.lintel.explain.Step.Decision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway would do with a request, step by step, and why. Immutable and thread-safe; whatever is printed of it is without
 * secrets.
 *
 * @param request the request
 * @param shownTarget its path and query, as they may be shown
 * @param time the time of day for which it is true
 * @param client where the request comes from, as far as that is believed
 * @param refusedAs why the request is refused before or while a route is looked for, such as {@code dot-segment}; null if it is not
 * @param route the name of the route that it takes, null for none; {@code otherwise} is what happens without one
 * @param routeElement where that stands in the gateway, see {@link Places}; empty for none
 * @param others the routes that it does not take, those first that were nearest to it; bounded
 * @param furtherOthers how many more it does not take, none of which is nearer
 * @param steps what each filter would do, in order
 * @param ending where it ends
 */
public record Explanation(
        RequestDescription request,
        String shownTarget,
        Instant time,
        String client,
        @Nullable String refusedAs,
        @Nullable String route,
        String routeElement,
        List<Candidate> others,
        int furtherOthers,
        List<Step> steps,
        Ending ending) {

    /** Copies the lists. */
    public Explanation {
        others = List.copyOf(others);
        steps = List.copyOf(steps);
    }

    /** Whether every filter could tell what it would do. If not, the rest is true if those that could not change nothing. */
    public boolean isCertain() {
        return !(ending instanceof Ending.Unknown)
                && steps.stream().noneMatch(step -> step.decision() == Decision.NOT_PREDICTABLE);
    }

    /** The status of the answer if the gateway answers; else 0. */
    public int status() {
        return ending instanceof Ending.Answered answered ? answered.status() : 0;
    }

    /** For people: aligned lines. */
    public String text() {
        return text(Places.UNKNOWN);
    }

    /**
     * The same with where each element was written.
     *
     * @param places tells that
     */
    public String text(Places places) {
        return new ExplanationText(this, places).toString();
    }

    /** For programs: one JSON object, in ASCII. */
    public String json() {
        return json(Places.UNKNOWN);
    }

    /**
     * The same with where each element was written.
     *
     * @param places tells that
     */
    public String json(Places places) {
        return new ExplanationJson(this, places).toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
