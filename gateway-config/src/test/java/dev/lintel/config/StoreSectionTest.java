package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores for limits that several gateways share, as files describe them. */
class StoreSectionTest {

    private static final String RIGHT = """
            version: 1
            stores: { shared: { shelf: "shelf://hunter2", size: 4, secret: hunter2 } }
            filters:
              - rateLimit: { limits: a=1/1m, store: shared }
              - rateLimit: { limits: b=1/1m, store: shelf, storeOptions: { uri: "shelf://hunter2" } }
            upstreams: { a: http://localhost:9001 }
            routes:
              - { id: r, match: { path: /** }, auth: none, upstream: a }
            """;

    @TempDir
    private Path folder;

    static List<BrokenFile> rows() {
        return BrokenFile.rows("stores.txt");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void tellsEveryMistakeWhereItStandsAndNoSecret(BrokenFile row) {
        LoadedGateway loaded = row.load(folder);

        assertThat(row.found(loaded, folder)).as(loaded.report().text()).containsExactlyElementsOf(row.expected());
        assertThat(loaded.isValid()).isFalse();
        assertThat(loaded.report().text() + loaded.report().json() + loaded.effective())
                .doesNotContain("hunter2");
    }

    @Test
    void tellsWhichModuleIsToBeAdded() {
        assertThat(rows().get(0).load(folder).report().text()).contains("the module gateway-redis");
    }

    @Test
    void aFilterHasTheStoreThatItNamesAndNoSecretIsShown() throws IOException {
        LoadedGateway loaded = GatewayFile.load(Files.writeString(folder.resolve("gateway.yaml"), RIGHT));

        assertThat(loaded.report().errors()).as(loaded.report().text()).isEmpty();
        assertThat(loaded.report().text() + loaded.effective()).doesNotContain("hunter2");
        assertThat(loaded.report().text())
                .contains("secret stands in the file in clear (expected: ${file:/path} or ${NAME})");
        assertThat(loaded.effective()).contains("size: 4", "store: shared");
        assertThat(loaded.positions().of("stores.shared.size")).isPresent();
    }
}
