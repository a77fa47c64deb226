package dev.lintel.conformance.server;

import dev.lintel.conformance.FramesRun;
import dev.lintel.server.GatewayServer;

class ServerFramesTest extends FramesRun {

    ServerFramesTest() {
        super("", gateway -> {
            GatewayServer server = GatewayServer.builder(gateway)
                    .host("127.0.0.1")
                    .port(0)
                    .withoutAdminPort()
                    .http2ClearText()
                    .maxStreams(10)
                    .start();
            return ServerConformanceTest.running(server.port(), server::close);
        });
    }
}
