package dev.lintel.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a container does wrong, without harm to others. Read from {@code defects.rows}: ids and forms begin a block,
 * {@code what} says what is wrong, {@code mend} what helps, {@code sometimes} that it does not always show.
 *
 * @param ids of rows, or of families of them
 * @param forms the forms in which it shows
 * @param what what is wrong
 * @param mend what helps; {@code none} for nothing
 * @param sometimes whether the rows succeed now and then
 */
record Defect(List<String> ids, Set<Form> forms, String what, String mend, boolean sometimes) {

    private static final List<Defect> ALL = read();

    static List<Defect> all() {
        return ALL;
    }

    /** The known defect that a row shows in a form, if there is one. */
    static Optional<Defect> of(Row row, Form form) {
        return ALL.stream()
                .filter(defect -> defect.forms.contains(form))
                .filter(defect -> defect.ids.contains(row.id()) || defect.ids.contains(row.family()))
                .findFirst();
    }

    private static List<Defect> read() {
        List<Defect> defects = new ArrayList<>();
        for (List<String> block : RowReader.blocks("defects.rows")) {
            String head = block.get(0);
            defects.add(new Defect(
                    List.of(head.substring(1, head.indexOf(']')).split(" ", -1)),
                    Form.named(head.substring(head.indexOf(']') + 1).strip()),
                    block.get(1).substring("what ".length()),
                    block.get(2).substring("mend ".length()),
                    block.contains("sometimes")));
        }
        return defects;
    }
}
