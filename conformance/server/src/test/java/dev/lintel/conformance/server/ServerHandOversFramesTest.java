package dev.lintel.conformance.server;

import dev.lintel.conformance.FramesRun;

/** The frames in the server that comes with the gateway, on Jetty's own threads. */
class ServerHandOversFramesTest extends FramesRun {

    ServerHandOversFramesTest() {
        super("", gateway -> ServerFramesTest.run(gateway, false));
    }
}
