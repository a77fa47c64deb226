package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every whole file in the documentation is valid, and has no hole. */
class DocumentedFilesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(version: 1\\n.*?)^```$");

    @TempDir
    private Path folder;

    static List<String> files() throws IOException {
        Path root = Path.of("..");
        List<String> files = new ArrayList<>();
        try (Stream<Path> pages =
                Stream.of(root.resolve("docs"), root.resolve("README.md")).flatMap(DocumentedFilesTest::below)) {
            for (Path page : pages.sorted().toList()) {
                Matcher block = BLOCK.matcher(Files.readString(page));
                while (block.find()) {
                    files.add(block.group(1));
                }
            }
        }
        return files;
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(files()).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValid(String text) throws IOException {
        LoadedGateway loaded = GatewayFile.load(Files.writeString(folder.resolve("gateway.yaml"), text));
        assertThat(loaded.report().findings()).as(loaded.report().text()).isEmpty();
    }

    private static Stream<Path> below(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
