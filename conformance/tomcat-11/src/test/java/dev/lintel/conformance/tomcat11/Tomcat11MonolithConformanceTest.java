package dev.lintel.conformance.tomcat11;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.monolith.Front;
import dev.lintel.conformance.monolith.MonolithRun;
import java.nio.file.Path;

class Tomcat11MonolithConformanceTest extends MonolithRun {

    @Override
    protected Runner.Running start(Path webApp, Front front) {
        return Tomcat11.startDirectory(webApp);
    }
}
