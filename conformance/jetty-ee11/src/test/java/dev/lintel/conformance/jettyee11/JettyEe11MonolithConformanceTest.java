package dev.lintel.conformance.jettyee11;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.monolith.Front;
import dev.lintel.conformance.monolith.MonolithRun;
import java.nio.file.Path;
import java.util.Set;

class JettyEe11MonolithConformanceTest extends MonolithRun {

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
        return JettyEe11.startDirectory(webApp);
    }
}
