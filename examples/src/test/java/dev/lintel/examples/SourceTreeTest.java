package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the source files tell, over all modules, tests and benchmarks included. */
class SourceTreeTest {
    private static final int MOST_LINES = 400;

    @Test
    void filesStaySmall() throws IOException {
        assertThat(javaFiles())
                .hasSizeGreaterThan(10)
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void everyPackageSaysWhatLivesInIt() throws IOException {
        assertThat(javaFiles())
                .map(Path::getParent)
                .filteredOn(room -> room.toString().contains("/src/main/java/"))
                // a benchmark of package-private code lives in that code's package, which says it already
                .filteredOn(room -> !room.toString().contains("/benchmarks/src/main/java/dev/lintel/filters/"))
                .isNotEmpty()
                .allSatisfy(room -> assertThat(room.resolve("package-info.java"))
                        .content()
                        .startsWith("/**")
                        .contains("@NullMarked"));
    }

    private static List<Path> javaFiles() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        assertThat(root.resolve("examples")).isDirectory();
        try (Stream<Path> modules = Files.list(root);
                Stream<Path> containers = Files.list(root.resolve("conformance"));
                Stream<Path> examples = Files.list(root.resolve("examples"))) {
            return Stream.of(modules, containers, examples)
                    .flatMap(each -> each)
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTreeTest::below)
                    .toList();
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
