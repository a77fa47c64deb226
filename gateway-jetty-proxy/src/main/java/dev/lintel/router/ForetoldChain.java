package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.explain.DescribedResponse;
import dev.lintel.explain.RequestDescription;
import dev.lintel.explain.Secrets;
import dev.lintel.explain.Step;
import dev.lintel.explain.Step.Decision;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.Predictable;
import dev.lintel.filter.Rehearsal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the filters of one described request in order what they would do, for as long as they let it go on. Confined to its request.
 */
final class ForetoldChain implements FilterChain {

    private final Exchange exchange;
    private final Filter[] filters;
    private final List<String> elements;
    private final Rehearsal rehearsal;
    private final Terminal terminal;
    private final DescribedResponse response;
    private final ChangeLog changes;
    private final Step[] steps;
    private int next;

    /**
     * Makes it.
     *
     * @param elements where each of the filters stands
     * @param terminal what comes after the last of them
     * @param response where they answer
     */
    ForetoldChain(
            Exchange exchange,
            RequestDescription description,
            Filter[] filters,
            List<String> elements,
            Rehearsal rehearsal,
            Terminal terminal,
            DescribedResponse response,
            Secrets secrets) {
        this.exchange = exchange;
        this.filters = filters;
        this.elements = elements;
        this.rehearsal = rehearsal;
        this.terminal = terminal;
        this.response = response;
        this.changes = new ChangeLog(exchange, description, secrets);
        this.steps = new Step[filters.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(nameOf(filters[i]), elements.get(i), Decision.NOT_REACHED, List.of(), List.of());
        }
    }

    /** What each filter would do, once the chain has been run. */
    List<Step> steps() {
        return Arrays.asList(steps);
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer) throws IOException, ServletException {
        if (next > filters.length) {
            throw new IllegalStateException("chain: called again after its end (expected: each filter calls it once)");
        }
        if (next > 0) {
            noted(next - 1, Decision.PASSES, null);
        }
        int current = next++;
        if (current == filters.length) {
            terminal.run(exchange, (HttpServletRequest) given, (HttpServletResponse) answer);
            return;
        }
        changes.begin();
        String unknown = ask(filters[current], given, answer);
        if (next > current + 1) {
            // it has called the chain, whatever became of the request after it
            return;
        }
        if (unknown != null) {
            noted(current, Decision.NOT_PREDICTABLE, unknown);
            goOn(given, answer);
        } else {
            boolean refused = exchange.rejection() != null;
            noted(current, refused ? Decision.REFUSES : Decision.ANSWERS, null);
        }
    }

    /** Goes on behind a filter that did not say what it would do. */
    private void goOn(ServletRequest given, ServletResponse answer) throws IOException, ServletException {
        int known = next - 1;
        Step before = steps[known];
        doFilter(given, answer);
        steps[known] = before;
    }

    /** Why the filter cannot say what it would do; null if it did. */
    private @Nullable String ask(Filter filter, ServletRequest given, ServletResponse answer)
            throws IOException, ServletException {
        int before = next;
        try {
            if (filter instanceof LintelFilter ours) {
                ours.rehearse(rehearsal, (HttpServletRequest) given, (HttpServletResponse) answer, this);
            } else if (filter instanceof Predictable) {
                filter.doFilter(given, answer, this);
            } else {
                return "a filter of another kind";
            }
        } catch (IOException | ServletException | RuntimeException failed) {
            if (next > before) {
                throw failed;
            }
            return "it failed with " + failed.getClass().getSimpleName();
        }
        String unknown = rehearsal.takeUnknown();
        if (unknown != null || next > before || response.isAnswered()) {
            return unknown;
        }
        return "it neither let the request go on nor answered";
    }

    private void noted(int index, Decision decision, @Nullable String why) {
        List<String> remarks = new ArrayList<>(rehearsal.takeRemarks());
        if (why != null) {
            remarks.add(why);
        }
        steps[index] = new Step(nameOf(filters[index]), elements.get(index), decision, changes.since(), remarks);
    }

    private static String nameOf(Filter filter) {
        String name = filter.getClass().getSimpleName();
        return name.isEmpty() ? filter.getClass().getName() : name;
    }
}
