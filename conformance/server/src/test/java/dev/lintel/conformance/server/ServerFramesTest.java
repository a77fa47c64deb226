package dev.lintel.conformance.server;

import dev.lintel.Gateway;
import dev.lintel.conformance.FramesRun;
import dev.lintel.conformance.Runner;
import dev.lintel.server.GatewayServer;

/** The frames in the server that comes with the gateway, on its loops. */
class ServerFramesTest extends FramesRun {

    ServerFramesTest() {
        super("", gateway -> run(gateway, true));
    }

    static Runner.Running run(Gateway gateway, boolean oneLoop) {
        GatewayServer server = GatewayServer.builder(gateway)
                .host("127.0.0.1")
                .port(0)
                .withoutAdminPort()
                .http2ClearText()
                .maxStreams(10)
                .oneLoop(oneLoop)
                .start();
        return Started.server(server);
    }
}
