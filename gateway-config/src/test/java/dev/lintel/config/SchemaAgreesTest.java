package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lintel.config.schema.GatewaySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** What an editor says of a file by its schema is what is said of it when it is loaded. */
class SchemaAgreesTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(GatewaySchema.text(SchemaAgreesTest.class.getClassLoader()), InputFormat.JSON);

    /** What concerns one place of a file alone; everything else needs more than a schema. */
    private static final Set<String> STRUCTURE = Set.of("unknown-key", "unknown-filter", "wrong-type", "bad-filter");

    private static boolean isRight(String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        String json = JsonMapper.shared().writeValueAsString(tree);
        return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.yaml", "services.yaml", "usage-plan.yaml", "containers.yaml"})
    void acceptsTheFilesThatAreRun(String file) throws IOException {
        assertThat(isRight(Files.readString(
                        Path.of("..", "examples", "gateway-files").resolve(file))))
                .isTrue();
    }

    static Stream<BrokenFile> brokenInStructure() {
        return Stream.of("broken.txt", "stores.txt")
                .flatMap(rows -> BrokenFile.rows(rows).stream())
                .filter(file -> file.files().size() == 1)
                .filter(file -> file.expected().stream().anyMatch(SchemaAgreesTest::isStructure));
    }

    private static boolean isStructure(String expected) {
        List<String> words = List.of(expected.split(" ", -1));
        return words.size() > 1 && STRUCTURE.contains(words.get(1));
    }

    @ParameterizedTest
    @MethodSource("brokenInStructure")
    void refusesWhatIsBrokenInItsStructure(BrokenFile file) {
        assertThat(isRight(file.files().values().iterator().next()))
                .as(file.name() + " " + file.expected())
                .isFalse();
    }
}
