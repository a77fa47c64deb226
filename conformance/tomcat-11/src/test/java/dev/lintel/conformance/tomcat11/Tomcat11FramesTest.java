package dev.lintel.conformance.tomcat11;

import dev.lintel.conformance.FramesRun;
import dev.lintel.conformance.ServletContainer;

class Tomcat11FramesTest extends FramesRun {

    Tomcat11FramesTest() {
        super("Tomcat 11", gateway -> new Tomcat11().startHttp2(ServletContainer.servlet(gateway)));
    }
}
