package dev.lintel.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All rows. */
final class Rows {

    private static final List<String> FILES = List.of(
            "a-path.rows",
            "a-target.rows",
            "b-host.rows",
            "c-fields.rows",
            "c-logged.rows",
            "d-framing.rows",
            "d-bodies.rows",
            "e-methods.rows",
            "l-upstream.rows",
            "h-tokens.rows",
            "h-claims.rows",
            "h-texts.rows",
            "j-keys.rows",
            "g-identity.rows",
            "g-forwarded.rows",
            "m-clients.rows",
            "q-answers.rows",
            "r-requests.rows",
            "x-proxy.rows",
            "a-without-version.rows");

    private static final List<Row> ALL = read();

    private Rows() {}

    static List<Row> all() {
        return ALL;
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        FILES.forEach(file -> rows.addAll(RowReader.read(file)));
        rows.addAll(TransferEncodingGrid.rows());
        Set<String> ids = new HashSet<>();
        for (Row row : rows) {
            if (!ids.add(row.id())) {
                throw new IllegalArgumentException("row: " + row.id() + " (expected: once)");
            }
        }
        return List.copyOf(rows);
    }
}
