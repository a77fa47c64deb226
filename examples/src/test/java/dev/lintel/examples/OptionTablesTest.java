package dev.lintel.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.GatewayBuilder;
import dev.lintel.RouteBuilder;
import dev.lintel.filter.FilterKinds;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.server.ServerBuilder;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the tables of options in the docs with the catalogues; {@code -Dlintel.tables=write} writes them. */
class OptionTablesTest {

    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();

    /** {@code <!-- options: jwt -->}, the table, {@code <!-- end of options -->}. */
    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- options: (\\w+) -->\\n)(.*?)(<!-- end of options -->)");

    private static Map<String, OptionCatalogue> catalogues() {
        Map<String, OptionCatalogue> catalogues = new LinkedHashMap<>();
        FilterKinds.installed(OptionTablesTest.class.getClassLoader())
                .forEach((name, kind) -> catalogues.put(name, kind.catalogue()));
        RateLimitStoreProvider.installed(OptionTablesTest.class.getClassLoader())
                .forEach((name, kind) -> catalogues.put(name, kind.catalogue()));
        for (OptionCatalogue other : new OptionCatalogue[] {
            ServerBuilder.catalogue(), GatewayBuilder.catalogue(), RouteBuilder.catalogue(), Upstream.catalogue()
        }) {
            catalogues.put(other.name(), other);
        }
        return catalogues;
    }

    /** What a filter is called in files. */
    private static String name(String catalogue) {
        return FilterKinds.installed(OptionTablesTest.class.getClassLoader()).containsKey(catalogue)
                ? "`" + catalogue + "` in files.\n\n"
                : "";
    }

    @Test
    void everythingThatCanBeToldIsInATableOfTheDocs() throws IOException {
        Map<String, OptionCatalogue> catalogues = catalogues();
        TreeSet<String> shown = new TreeSet<>();
        try (Stream<Path> pages = Files.walk(DOCS)) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                String text = Files.readString(page);
                String right = TABLE.matcher(text)
                        .replaceAll(table -> Matcher.quoteReplacement(table.group(1)
                                + "\n"
                                + name(table.group(2))
                                + OptionTable.of(requireNonNull(catalogues.get(table.group(2))))
                                + "\n"
                                + table.group(4)));
                TABLE.matcher(text).results().forEach(table -> shown.add(table.group(2)));
                if ("write".equals(System.getProperty("lintel.tables"))) {
                    Files.writeString(page, right);
                } else {
                    assertThat(text)
                            .as(
                                    "%s, to be written by -Dtest=OptionTablesTest -Dlintel.tables=write",
                                    page.getFileName())
                            .isEqualTo(right);
                }
            }
        }
        // what can be told nothing needs no table
        catalogues.values().removeIf(catalogue -> catalogue.options().isEmpty());
        assertThat(shown).isEqualTo(new TreeSet<>(catalogues.keySet()));
    }
}
