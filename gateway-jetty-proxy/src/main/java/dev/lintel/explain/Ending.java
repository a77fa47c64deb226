package dev.lintel.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a request would end. Implementations are immutable and thread-safe. */
public sealed interface Ending {

    /**
     * An upstream gets it.
     *
     * @param upstream the upstream's name
     * @param element where it stands in the gateway, see {@link Places}
     * @param targets the targets that may get it
     * @param choice how one of them is chosen, in words
     * @param method the method that it sees
     * @param target the raw path and query that it sees, perhaps with a secret; that of the first target if there are several
     * @param shownTarget the same as it may be shown
     * @param fields the header fields that it sees; those of the first target if there are several
     * @param remarks what else is to be said, for a person
     */
    record ToUpstream(
            String upstream,
            String element,
            List<String> targets,
            String choice,
            String method,
            String target,
            String shownTarget,
            List<Field> fields,
            List<String> remarks)
            implements Ending {
        /** Copies the lists. */
        public ToUpstream {
            targets = List.copyOf(targets);
            fields = List.copyOf(fields);
            remarks = List.copyOf(remarks);
        }

        /** The path that it sees, without the query. */
        public String path() {
            int mark = target.indexOf('?');
            return mark < 0 ? target : target.substring(0, mark);
        }

        /** As it may be shown. */
        @Override
        public String toString() {
            return "upstream " + upstream + " " + method + " " + shownTarget;
        }
    }

    /**
     * The gateway answers it.
     *
     * @param status the status
     * @param rule the short name of what is wrong with it; null if nothing is
     * @param detail the same as a sentence
     * @param fields the header fields of the answer, but those that the server itself adds
     */
    record Answered(
            int status, @Nullable String rule, @Nullable String detail, List<Field> fields) implements Ending {
        /** Copies the list. */
        public Answered {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return status + (rule == null ? "" : " " + rule) + (detail == null ? "" : ": " + detail);
        }
    }

    /**
     * The application gets it that the gateway is in front of.
     *
     * @param fields the header fields that it sees
     */
    record ToApplication(List<Field> fields) implements Ending {
        /** Copies the list. */
        public ToApplication {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return "the host application";
        }
    }

    /**
     * It is not known.
     *
     * @param why in words
     */
    record Unknown(String why) implements Ending {
        @Override
        public String toString() {
            return "not predictable: " + why;
        }
    }
}
