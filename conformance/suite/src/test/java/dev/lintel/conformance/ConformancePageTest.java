package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about hostile input. {@code -Dlintel.conformance.write=true} writes it anew. */
class ConformancePageTest {

    private static final Path PAGE = Path.of("../../docs/CONFORMANCE.md");

    @Test
    void pageIsWhatTheRowsSay() throws IOException {
        String page = ConformancePage.of(Rows.all(), Deviation.all());
        if (Boolean.getBoolean("lintel.conformance.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    @Test
    void everyDeviationIsOfRowsThatExistAndSaysWhatMendsIt() {
        assertThat(Deviation.all()).isNotEmpty().allSatisfy(deviation -> {
            assertThat(deviation.why()).isNotBlank();
            assertThat(deviation.mend()).isNotBlank();
            assertThat(deviation.ids())
                    .allSatisfy(id -> assertThat(id)
                            .matches(known -> known.equals(Deviation.OWN_PAGES)
                                    || Rows.all().stream()
                                            .anyMatch(row -> row.id().equals(known)
                                                    || row.family().equals(known))));
        });
    }
}
