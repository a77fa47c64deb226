package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.proxy.KnownDefect.Row;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of {@link KnownDefectsTest} fails on Jetty's own servlet, for the reason that it names: the rows test something. */
class StockServletShowsEachDefectTest {

    static List<Row> rows() {
        return KnownDefectsTest.rows();
    }

    @Test
    void thereAreTwentyAndTen() {
        assertThat(rows()).filteredOn(row -> row.name().startsWith("J")).hasSize(20);
        assertThat(rows()).filteredOn(row -> row.name().startsWith("0.")).hasSize(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isPresent(Row defect) {
        assertThatThrownBy(() -> defect.check().assertAbsent(Subject.STOCK))
                .isInstanceOfAny(AssertionError.class, ConditionTimeoutException.class)
                .hasStackTraceContaining(defect.symptom());
    }
}
