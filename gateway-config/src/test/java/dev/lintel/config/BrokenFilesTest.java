package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is told where it stands, all of a file in one run, with the name that was probably meant. */
class BrokenFilesTest {
    @TempDir
    private Path folder;

    static List<BrokenFile> rows() {
        return BrokenFile.rows("broken.txt");
    }

    @Test
    void thereAreManyWaysToBeWrong() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(60).map(BrokenFile::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void tellsEveryMistakeWhereItStands(BrokenFile row) {
        LoadedGateway loaded = row.load(folder);

        assertThat(row.found(loaded, folder)).as(loaded.report().text()).containsExactlyElementsOf(row.expected());
        assertThat(loaded.isValid()).isFalse();
    }
}
