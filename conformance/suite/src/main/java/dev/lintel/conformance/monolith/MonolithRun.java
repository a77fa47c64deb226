package dev.lintel.conformance.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lintel.conformance.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario in one container, with and without a gateway in front: what the client sees is the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MonolithRun {

    /** What a route with a limit for bodies refuses, since nobody could count. */
    private static final String UNLIMITED = "posts a form in chunks";

    private final Map<Front, Runner.Running> running = new EnumMap<>(Front.class);

    /** For subclasses. */
    protected MonolithRun() {}

    /**
     * Starts the application.
     *
     * @param webApp its files and its {@code web.xml}
     * @param front what is in front of it, which that {@code web.xml} says already
     */
    protected abstract Runner.Running start(Path webApp, Front front);

    /** Scenarios that this container plays differently behind a gateway, for causes that are its own. */
    protected Set<String> differing() {
        return Set.of();
    }

    @BeforeAll
    void startAll(@TempDir Path directory) throws IOException {
        for (Front front : Front.values()) {
            Path webApp = directory.resolve(front.name());
            Monolith.write(webApp, front);
            running.put(front, start(webApp, front));
        }
    }

    @AfterAll
    void stopAll() {
        running.values().forEach(Runner.Running::close);
    }

    @TestFactory
    Stream<DynamicTest> clientSeesTheSameBehindAGateway() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            for (Front front : List.of(Front.ROUTER, Front.ROUTE)) {
                if (front == Front.ROUTER || !scenario.name().equals(UNLIMITED)) {
                    tests.add(dynamicTest(scenario.name() + ", behind " + front, () -> compare(scenario, front)));
                }
            }
        }
        return tests.stream();
    }

    private void compare(Scenario scenario, Front front) {
        List<String> without = Visit.play(port(Front.NOTHING), scenario);
        List<String> with = Visit.play(port(front), scenario);
        if (differing().contains(scenario.name())) {
            assertThat(with).as("still differs").isNotEqualTo(without);
            return;
        }
        for (int i = 0; i < without.size(); i++) {
            assertThat(with.get(i)).isEqualTo(without.get(i));
        }
    }

    private int port(Front front) {
        Runner.Running application = running.get(front);
        if (application == null) {
            throw new IllegalStateException("application: not started");
        }
        return application.port();
    }
}
