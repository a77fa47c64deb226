package dev.lintel.config.rule;

import dev.lintel.config.rule.Expression.And;
import dev.lintel.config.rule.Expression.Call;
import dev.lintel.config.rule.Expression.Not;
import dev.lintel.config.rule.Expression.Or;
import dev.lintel.config.rule.Expression.Value;
import dev.lintel.option.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule by recursive descent:
 *
 * <pre>
 * rule    = all *( "||" all )
 * all     = one *( "&amp;&amp;" one )
 * one     = "!" one | "(" rule ")" | name "(" value *( "," value ) ")"
 * value   = "`" characters "`" | '"' characters '"'
 * </pre>
 */
final class RuleParser {

    private static final int DEEPEST = 50;

    private final String text;
    private final RuleNotes notes;
    private int at;
    private int depth;

    /** Ends the reading of a rule after what was noted. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }

    private RuleParser(String text, RuleNotes notes) {
        this.text = text;
        this.notes = notes;
    }

    /** The rule, or null after what was noted. */
    static @Nullable Expression parse(String text, RuleNotes notes) {
        RuleParser parser = new RuleParser(text, notes);
        try {
            Expression rule = parser.any("at the beginning");
            if (parser.at < text.length()) {
                boolean close = text.charAt(parser.at) == ')';
                throw parser.stop(parser.at, close ? "')' without '('" : "unexpected " + parser.found(), "&& or ||");
            }
            return rule;
        } catch (Stop told) {
            return null;
        }
    }

    private Expression any(String where) {
        int begin = skip();
        List<Expression> parts = new ArrayList<>();
        parts.add(all(where));
        while (taken("||")) {
            parts.add(all("after '||'"));
        }
        return parts.size() == 1 ? parts.get(0) : new Or(begin, parts);
    }

    private Expression all(String where) {
        int begin = skip();
        List<Expression> parts = new ArrayList<>();
        parts.add(one(where));
        while (taken("&&")) {
            parts.add(one("after '&&'"));
        }
        return parts.size() == 1 ? parts.get(0) : new And(begin, parts);
    }

    private Expression one(String where) {
        int begin = skip();
        if (++depth > DEEPEST) {
            throw stop(begin, "too many levels", "at most " + DEEPEST);
        }
        try {
            if (taken("!")) {
                return new Not(begin, one("after '!'"));
            }
            if (taken("(")) {
                Expression inner = any("after '('");
                if (!taken(")")) {
                    throw stop(skip(), "'(' in column " + (begin + 1) + " of the rule is not closed", "')'");
                }
                return inner;
            }
            return call(begin, where);
        } finally {
            depth--;
        }
    }

    private Expression call(int begin, String where) {
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        String word = text.substring(begin, at);
        if (word.isEmpty()) {
            throw stop(begin, "expected a matcher " + where + " (" + Matcher.ALL + "), found " + found(), null);
        }
        Matcher matcher = Matcher.of(word);
        if (matcher == null) {
            notes.unknown(begin, word, Names.nearest(word, Matcher.words()).orElse(null));
            throw new Stop();
        }
        if (!taken("(")) {
            throw stop(skip(), "expected '(' after " + word + ", found " + found(), matcher.form());
        }
        List<Value> values = new ArrayList<>();
        if (!taken(")")) {
            do {
                values.add(value(matcher));
            } while (taken(","));
            if (!taken(")")) {
                throw stop(skip(), "expected ')', found " + found(), matcher.form());
            }
        }
        if (!matcher.takes(values.size())) {
            notes.error(begin, at - begin, matcher.word() + " with " + values.size() + " values", matcher.form());
            throw new Stop();
        }
        return new Call(begin, at - begin, matcher, values);
    }

    private Value value(Matcher matcher) {
        int begin = skip();
        char quote = begin < text.length() ? text.charAt(begin) : ' ';
        if (quote != '`' && quote != '"') {
            String hint = quote == '\'' ? "a value in ` or \", not in '" : "a value in ` or \"";
            throw stop(begin, "expected a value, found " + found(), hint + ", as in " + matcher.form());
        }
        int end = text.indexOf(quote, begin + 1);
        if (end < 0) {
            throw stop(begin, "a value without its closing " + quote, matcher.form());
        }
        at = end + 1;
        return new Value(begin + 1, text.substring(begin + 1, end));
    }

    private boolean taken(String token) {
        skip();
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private int skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private String found() {
        return at >= text.length() ? "the end" : "'" + text.charAt(at) + "'";
    }

    private Stop stop(int index, String what, @Nullable String expected) {
        notes.error(index, 1, what, expected);
        return new Stop();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
