package dev.lintel.conformance.undertow;

import dev.lintel.conformance.FramesRun;
import dev.lintel.conformance.ServletContainer;

class UndertowFramesTest extends FramesRun {

    UndertowFramesTest() {
        super("Undertow", gateway -> new UndertowContainer().startHttp2(ServletContainer.servlet(gateway)));
    }
}
