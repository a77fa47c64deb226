package dev.lintel.demo;

import dev.lintel.server.GatewayServer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The demonstration as a whole: services, issuer, gateway. */
final class Demo implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final DemoServices services;
    private final DemoIssuer issuer;
    private final GatewayServer gateway;

    private Demo(Ports ports, boolean log) {
        try {
            this.services = part(DemoServices.start(ports));
            this.issuer = part(DemoIssuer.start(ports.issuer()));
            this.gateway = part(GatewayServer.builder(DemoGateway.of(services, issuer, log))
                    .host("127.0.0.1")
                    .port(ports.gateway())
                    .adminPort(ports.admin())
                    .stopOnShutdownSignal()
                    .start());
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Starts all.
     *
     * @param log whether the gateway prints a line for each request
     * @throws dev.lintel.option.GatewayException if a port is in use; nothing is left running then
     */
    static Demo start(Ports ports, boolean log) {
        return new Demo(ports, log);
    }

    DemoServices services() {
        return services;
    }

    DemoIssuer issuer() {
        return issuer;
    }

    GatewayServer gateway() {
        return gateway;
    }

    /** Ends all, the gateway first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                throw new IllegalStateException("a part does not stop", failed);
            }
        }
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.push(started);
        return started;
    }
}
