package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.config.lint.Lints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is allowed and has a hole is warned of, where it stands and under a name that stays the same. */
class SecurityLintTest {
    @TempDir
    private Path folder;

    static List<BrokenFile> rows() {
        return BrokenFile.rows("holes.txt");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void warnsOfHoles(BrokenFile row) {
        LoadedGateway loaded = row.load(folder);

        assertThat(row.found(loaded, folder)).as(loaded.report().text()).containsExactlyElementsOf(row.expected());
        assertThat(loaded.isValid()).isTrue();
    }

    @Test
    void everyWarningHasARow() {
        String expected = rows().stream().map(BrokenFile::expected).toList().toString();

        assertThat(Lints.ALL)
                .filteredOn(name -> !name.equals(Lints.GATEWAY))
                .allSatisfy(name -> assertThat(expected).contains(" " + name));
    }

    @Test
    void aWarningCanBeMadeAnError() {
        BrokenFile row = new BrokenFile(
                "strict", Map.of("gateway.yaml", """
                        version: 1
                        lint: { route-without-credential: error }
                        upstreams: { a: http://localhost:9001 }
                        routes: [ { id: r, match: { path: /** }, upstream: a } ]
                        """), List.of("gateway.yaml:4:17 route-without-credential"));
        LoadedGateway loaded = row.load(folder);

        assertThat(row.found(loaded, folder)).isEqualTo(row.expected());
        assertThat(loaded.isValid()).isFalse();
    }
}
