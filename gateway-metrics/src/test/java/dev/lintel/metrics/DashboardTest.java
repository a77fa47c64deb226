package dev.lintel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void drawsOnlyWhatThePageOnMetricsLists() throws IOException {
        String page = Files.readString(DOCS.resolve("metrics.md"));
        Set<String> drawn = new TreeSet<>();
        Matcher names =
                Pattern.compile("gateway_[a-z_]+").matcher(Files.readString(DOCS.resolve("grafana/lintel.json")));
        while (names.find()) {
            drawn.add(names.group().replaceAll("_(count|bucket|sum)$", ""));
        }
        assertThat(drawn)
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(page).contains('`' + name + '`'));
    }
}
