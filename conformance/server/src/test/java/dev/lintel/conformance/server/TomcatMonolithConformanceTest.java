package dev.lintel.conformance.server;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.monolith.Front;
import dev.lintel.conformance.monolith.MonolithRun;
import dev.lintel.testing.Container;
import java.nio.file.Path;

class TomcatMonolithConformanceTest extends MonolithRun {

    @Override
    protected Runner.Running start(Path webApp, Front front) {
        return Started.directory(Container.TOMCAT_10, webApp);
    }
}
