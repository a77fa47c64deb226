package dev.lintel.proxy;

import dev.lintel.proxy.KnownDefect.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** None of the defects known of Jetty's proxy servlet is present here. */
class KnownDefectsTest {

    static List<Row> rows() {
        List<Row> all = new ArrayList<>(RequestDefects.rows());
        all.addAll(AnswerDefects.rows());
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAbsent(Row defect) throws Exception {
        defect.check().assertAbsent(Subject.OURS);
    }
}
