package dev.lintel.config.rule;

import java.util.List;

/** A rule as it is written: matchers, joined and negated. */
sealed interface Expression {

    /** Where it begins in the rule, in characters from 0. */
    int index();

    /** All of them. */
    record And(int index, List<Expression> parts) implements Expression {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them. */
    record Or(int index, List<Expression> parts) implements Expression {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** Not. */
    record Not(int index, Expression part) implements Expression {}

    /** A matcher with its values. */
    record Call(int index, int length, Matcher matcher, List<Value> values) implements Expression {
        public Call {
            values = List.copyOf(values);
        }

        String text(int value) {
            return values.get(value).text();
        }
    }

    /** A value between quotes; the index is that of its first character. */
    record Value(int index, String text) {}
}
