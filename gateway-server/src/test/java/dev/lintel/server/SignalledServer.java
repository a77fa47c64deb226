package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.upstream.Upstream;

/** A program that runs a server until it is told to end; prints its port. */
final class SignalledServer {

    private SignalledServer() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        GatewayServer server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service").target(arguments[0]))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .withoutAdminPort()
                .stopOnShutdownSignal()
                .start();
        System.out.println(server.port());
        server.join();
    }
}
