package dev.lintel.conformance.server;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.server.GatewayServer;
import java.time.Duration;

/** The suite in the server that comes with the gateway, on its loops and with hand-overs. */
class ServerConformanceTest extends ConformanceRun {

    ServerConformanceTest() {
        super(
                (form, gateway, application) -> Started.server(GatewayServer.builder(gateway)
                        .host("127.0.0.1")
                        .port(0)
                        .withoutAdminPort()
                        .oneLoop(form == Form.SERVER)
                        .stopTimeout(Duration.ofSeconds(2))
                        .start()),
                Form.SERVER,
                Form.SERVER_HAND_OVERS);
    }
}
