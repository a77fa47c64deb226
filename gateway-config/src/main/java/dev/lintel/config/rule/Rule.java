package dev.lintel.config.rule;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import dev.lintel.config.rule.Expression.And;
import dev.lintel.config.rule.Expression.Call;
import dev.lintel.config.rule.Expression.Not;
import dev.lintel.config.rule.Expression.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A matching rule as one text, in the language of Traefik: {@code Host}, {@code Path}, {@code PathPrefix}, {@code Method},
 * {@code Header}, {@code Query} and {@code ClientIP}, with {@code &&}, {@code ||}, {@code !} and parentheses.
 *
 * <p>A rule becomes routes, one for each way in which it can hold. Prefixes are whole segments: {@code PathPrefix(`/v1`)} is
 * {@code /v1/**} and does not match {@code /v10}.
 */
public final class Rule {

    private static final int MOST = 64;

    private final RuleNotes notes;

    private Rule(RuleNotes notes) {
        this.notes = notes;
    }

    /**
     * Reads a rule; notes what is wrong in it.
     *
     * @param text the rule
     * @param places where its characters stand
     * @param findings where it is noted
     * @return what its routes match, one or more; empty if anything was noted
     */
    public static List<RuleMatch> read(String text, IntFunction<Position> places, Findings findings) {
        RuleNotes notes = new RuleNotes(places, findings);
        Expression rule = RuleParser.parse(text, notes);
        return rule == null ? List.of() : new Rule(notes).routes(rule, text);
    }

    private List<RuleMatch> routes(Expression rule, String text) {
        List<List<Call>> ways = ways(rule);
        if (ways == null) {
            return List.of();
        }
        if (ways.size() > MOST) {
            notes.inexpressible(0, text.length(), ways.size() + " ways in which it can hold", "at most " + MOST);
            return List.of();
        }
        List<Conjunction> all = new ArrayList<>();
        for (List<Call> way : ways) {
            Conjunction one = Conjunction.of(way, notes);
            if (one != null && all.stream().noneMatch(before -> before.join(one))) {
                all.add(one);
            }
        }
        return notes.any() ? List.of() : all.stream().map(Conjunction::toMatch).toList();
    }

    /** The ways in which an expression can hold: of each, all matchers must. Null if there is something else. */
    private @Nullable List<List<Call>> ways(Expression expression) {
        if (expression instanceof Call call) {
            return List.of(List.of(call));
        }
        if (expression instanceof Or or) {
            List<List<Call>> all = new ArrayList<>();
            for (Expression part : or.parts()) {
                List<List<Call>> own = ways(part);
                if (own != null) {
                    all.addAll(own);
                }
            }
            return notes.any() ? null : all;
        }
        if (expression instanceof And and) {
            List<List<Call>> all = List.of(List.of());
            for (Expression part : and.parts()) {
                List<List<Call>> own = ways(part);
                // the product is bounded before it is made
                all = own == null || (long) all.size() * own.size() > 16L * MOST ? List.of() : product(all, own);
            }
            if (all.isEmpty() && !notes.any()) {
                notes.inexpressible(and.index(), 1, "so many ways in which it can hold", "at most " + MOST);
            }
            return notes.any() ? null : all;
        }
        Not not = (Not) expression;
        if (not.part() instanceof Not twice) {
            return ways(twice.part());
        }
        notes.inexpressible(
                not.index(), 1, "a negation", "a route of its own for what is excluded, which is more specific");
        return null;
    }

    private static List<List<Call>> product(List<List<Call>> some, List<List<Call>> others) {
        List<List<Call>> all = new ArrayList<>();
        for (List<Call> one : some) {
            for (List<Call> other : others) {
                List<Call> both = new ArrayList<>(one);
                both.addAll(other);
                all.add(both);
            }
        }
        return all;
    }
}
