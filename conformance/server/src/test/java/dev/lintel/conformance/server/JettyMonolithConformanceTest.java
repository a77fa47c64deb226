package dev.lintel.conformance.server;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.monolith.Front;
import dev.lintel.conformance.monolith.MonolithRun;
import dev.lintel.testing.Container;
import java.nio.file.Path;
import java.util.Set;

class JettyMonolithConformanceTest extends MonolithRun {

    /**
     * Jetty writes a page about 416 only into a response of its own, and leaves one that is wrapped empty. An exception after
     * {@code startAsync} it answers only if somebody listens, as Lintel does.
     */
    @Override
    protected Set<String> differing() {
        return Set.of("asks for a range that is not there", "fails after it has said that it will answer later");
    }

    @Override
    protected Runner.Running start(Path webApp, Front front) {
        return Started.directory(Container.JETTY_EE10, webApp);
    }
}
