package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.config.report.Findings;
import dev.lintel.config.tree.ConfigTree;
import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.config.tree.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes the place of a reference is not shown, wherever in a file the reference stands and whatever is wrong with it. */
class ValuesFromElsewhereTest {
    private static final String MARK = "hunter2";

    @TempDir
    private Path folder;

    private static Stream<String> seeds() throws IOException {
        Stream<String> tables = Stream.of("broken.txt", "holes.txt", "stores.txt")
                .flatMap(table -> BrokenFile.rows(table).stream())
                .map(row -> row.files().getOrDefault("gateway.yaml", ""));
        return Stream.concat(DocumentedFilesTest.files().stream(), tables)
                .filter(text -> text.length() < 1_500)
                .distinct();
    }

    @ParameterizedTest
    @ValueSource(strings = {MARK, MARK + "\n\"{`("})
    void isNotShown(String value) throws IOException {
        List<String> shown = new ArrayList<>();
        for (String text : seeds().toList()) {
            Path file = Files.writeString(folder.resolve("gateway.yaml"), text);
            ConfigTree tree = ConfigTree.read(file, Map.of(), new Findings());
            List<Span> places = new ArrayList<>();
            if (tree.root() != null) {
                places(tree.root(), places);
            }
            for (Span place : places) {
                tell(value, with(text, place), shown);
            }
        }
        assertThat(shown).isEmpty();
    }

    private void tell(String value, String text, List<String> shown) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), text);
        LoadedGateway loaded = GatewayFile.of(file)
                .withEnvironment(
                        Map.of("MARKED", value, "PORT", "8080", "SECRET", "0123456789abcdefghijklmnopqrstuvwxyz"))
                .load();
        String all = loaded.report().text() + loaded.report().json();
        if (all.contains(MARK)) {
            shown.add(loaded.report()
                    .text()
                    .lines()
                    .filter(line -> line.contains(MARK))
                    .findFirst()
                    .orElse("json"));
        }
    }

    private static String with(String text, Span place) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int line = place.start().line() - 1;
        String before = lines.get(line);
        lines.set(
                line,
                before.substring(0, place.start().column() - 1) + "\"${MARKED}\""
                        + before.substring(place.endColumn() - 1));
        return String.join("\n", lines);
    }

    private static void places(Node node, List<Span> places) {
        if (node instanceof ScalarNode scalar
                && scalar.span().endLine() == scalar.position().line()
                && scalar.position().file().endsWith("gateway.yaml")) {
            places.add(scalar.span());
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> places(item, places));
        } else if (node instanceof MapNode map) {
            map.entries().forEach(entry -> places(entry.value(), places));
        }
    }
}
