package dev.lintel.explain;

import java.util.List;

/**
 * What one filter would do. Immutable and thread-safe.
 *
 * @param filter the simple name of its class
 * @param element where it stands in the gateway, see {@link Places}
 * @param decision what it would do
 * @param changes what it would change on the way, in no particular order
 * @param remarks what else it says of its decision, for a person
 */
public record Step(String filter, String element, Decision decision, List<Change> changes, List<String> remarks) {

    /** What a filter would do. */
    public enum Decision {
        /** It lets the request go on. */
        PASSES,
        /** It refuses the request. */
        REFUSES,
        /** It answers the request itself. */
        ANSWERS,
        /** It cannot tell; what follows is what would happen if it let the request go on and changed nothing. */
        NOT_PREDICTABLE,
        /** The request would not come to it. */
        NOT_REACHED;

        /** In words. */
        String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /** Copies the lists. */
    public Step {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }

    /**
     * One change.
     *
     * @param kind of which kind
     * @param field the field; of one that is removed, and of a query parameter, only the name counts
     */
    public record Change(Kind kind, Field field) {

        /** What can change. */
        public enum Kind {
            /** The destination sees this header field. */
            SETS,
            /** The destination does not see this header field of the client's any more. */
            REMOVES,
            /** The destination and logs do not see this parameter of the query any more. */
            HIDES_PARAMETER,
            /** This is known to be the caller. */
            FINDS_CALLER,
            /** The client gets this header field. */
            ANSWERS_WITH,
            /** The client gets this header field unless the destination says one of its name. */
            ANSWERS_WITH_UNLESS_SAID,
            /** The client gets this header field beside those of its name that the destination says. */
            ANSWERS_WITH_TOO,
            /** The client gets no header field of the destination's by this name. */
            KEEPS_FROM_CLIENT;

            /** In words, to stand before the field. */
            String words() {
                return switch (this) {
                    case SETS -> "sets";
                    case REMOVES -> "removes";
                    case HIDES_PARAMETER -> "hides query parameter";
                    case FINDS_CALLER -> "finds caller";
                    case ANSWERS_WITH -> "answers with";
                    case ANSWERS_WITH_UNLESS_SAID -> "answers, unless said, with";
                    case ANSWERS_WITH_TOO -> "answers, too, with";
                    case KEEPS_FROM_CLIENT -> "keeps from client";
                };
            }

            boolean hasValue() {
                return this == SETS
                        || this == ANSWERS_WITH
                        || this == ANSWERS_WITH_UNLESS_SAID
                        || this == ANSWERS_WITH_TOO;
            }
        }

        @Override
        public String toString() {
            return kind.words() + " " + (kind.hasValue() ? field.toString() : field.name());
        }
    }
}
