package dev.lintel.conformance.jettyee11;

import dev.lintel.conformance.FramesRun;
import dev.lintel.conformance.ServletContainer;

class JettyEe11FramesTest extends FramesRun {

    JettyEe11FramesTest() {
        super("Jetty ee11", gateway -> new JettyEe11().startHttp2(ServletContainer.servlet(gateway)));
    }
}
