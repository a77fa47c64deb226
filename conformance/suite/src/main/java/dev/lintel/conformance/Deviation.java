package dev.lintel.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row that comes out differently in some forms, because a container decides before the gateway sees anything. Read from
 * {@code deviations.rows}: ids and forms begin a block, then {@code answer} lines as in rows, {@code why} and {@code mend}.
 *
 * @param ids of rows, or of families of them
 * @param forms the forms
 * @param outcomes what comes of the rows there
 * @param why the container's reason
 * @param mend which setting of the container makes it as it should be; or that there is none
 */
record Deviation(List<String> ids, Set<Form> forms, List<Outcome> outcomes, String why, String mend) {

    /** Stands in place of row ids: a container's own pages. */
    static final String OWN_PAGES = "own pages";

    private static final List<Deviation> ALL = read();

    static List<Deviation> all() {
        return ALL;
    }

    /** The deviation of a row in a form, if there is one. */
    static Optional<Deviation> of(Row row, Form form) {
        return ALL.stream()
                .filter(deviation -> deviation.forms.contains(form))
                .filter(deviation -> deviation.ids.contains(row.id()) || deviation.ids.contains(row.family()))
                .findFirst();
    }

    private static List<Deviation> read() {
        List<Deviation> deviations = new ArrayList<>();
        for (List<String> block : RowReader.blocks("deviations.rows")) {
            String head = block.get(0);
            Set<Form> forms = Form.named(head.substring(head.indexOf(']') + 1).strip());
            OutcomeReader outcomes = new OutcomeReader(text -> Escapes.resolve(Escapes.expand(text, Lookup::inToken)));
            String why = "";
            String mend = "";
            for (String line : block.subList(1, block.size())) {
                int space = line.indexOf(' ');
                String word = space < 0 ? line : line.substring(0, space);
                String rest = space < 0 ? "" : line.substring(space + 1);
                switch (word) {
                    case "why" -> why = rest;
                    case "mend" -> mend = rest;
                    default -> outcomes.line(word, rest);
                }
            }
            String ids = head.substring(1, head.indexOf(']'));
            deviations.add(
                    ids.equals(OWN_PAGES)
                            ? new Deviation(List.of(ids), forms, List.of(), why, mend)
                            : new Deviation(List.of(ids.split(" ", -1)), forms, outcomes.outcomes(forms), why, mend));
        }
        return deviations;
    }
}
