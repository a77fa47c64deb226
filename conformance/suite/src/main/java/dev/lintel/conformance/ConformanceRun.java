package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row against every form of one class path. {@code -Dlintel.rows=G,A12} plays those rows, families or groups only; {@code -Dlintel.times=20} each of them so often.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceRun {

    private final Map<Form, Deployment> deployments = new EnumMap<>(Form.class);
    private final Runner runner;
    private final Set<Form> forms;

    /**
     * A run of all rows.
     *
     * @param runner runs the gateway
     * @param forms in which forms
     */
    protected ConformanceRun(Runner runner, Form... forms) {
        this.runner = runner;
        this.forms = Set.of(forms);
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        for (Form form : forms) {
            deployments.put(form, Deployment.start(form, runner, directory));
        }
    }

    @AfterAll
    void stop() {
        deployments.values().forEach(Deployment::close);
    }

    @TestFactory
    Stream<DynamicNode> hostileInputIsAnsweredAsTheRowSays() {
        String chosen = System.getProperty("lintel.rows", "");
        List<Row> rows = Rows.all().stream()
                .filter(row ->
                        chosen.isEmpty() || Stream.of(chosen.split(",", -1)).anyMatch(part -> matches(row, part)))
                .toList();
        assertThat(rows).isNotEmpty();
        return deployments.values().stream()
                .map(deployment -> dynamicContainer(deployment.form().title(), nodes(deployment, rows)));
    }

    /** G12: many callers at once on connections that they keep. */
    @Test
    void nobodyIsTakenForAnother() throws Exception {
        for (Deployment deployment : deployments.values()) {
            assertThat(MixedCallers.mistaken(deployment.port()))
                    .as(deployment.form().title())
                    .isEmpty();
        }
    }

    private static List<DynamicNode> nodes(Deployment deployment, List<Row> rows) {
        List<DynamicNode> nodes = new ArrayList<>();
        int times = Integer.getInteger("lintel.times", 1);
        for (Row row : rows) {
            for (int i = 0; i < times; i++) {
                nodes.add(dynamicTest(row.title(), () -> play(deployment, row)));
            }
        }
        nodes.add(dynamicTest("no request has two lines in the access log", () -> {
            List<String> ids =
                    deployment.log().from(0).stream().map(AccessLines::idOf).toList();
            assertThat(ids).isNotEmpty().doesNotContain("").doesNotHaveDuplicates();
        }));
        return nodes;
    }

    private static void play(Deployment deployment, Row row) {
        Optional<Defect> known = Defect.of(row, deployment.form());
        try {
            RowPlay.play(deployment, row);
        } catch (AssertionError failed) {
            known.ifPresent(defect -> Assumptions.abort("known defect: " + defect.what() + "\n" + failed.getMessage()));
            throw failed;
        } finally {
            deployment.finish();
        }
        known.filter(defect -> !defect.sometimes())
                .ifPresent(defect -> fail("defect: gone (expected: taken out of defects.rows): " + defect.what()));
    }

    private static boolean matches(Row row, String part) {
        return row.id().equals(part) || row.family().equals(part) || row.group().equals(part);
    }
}
