package dev.lintel.cli;

import dev.lintel.server.GatewayServer;
import org.jspecify.annotations.Nullable;

/** Ends a server and its process by SIGTERM and SIGINT: gracefully at first, at once when told again. Thread-safe. */
final class Ending {

    private static final int INTERRUPTED = 128 + 2;
    private static final int TERMINATED = 128 + 15;

    private final GatewayServer server;
    private @Nullable Thread stopping;
    private int status;

    private Ending(GatewayServer server) {
        this.server = server;
    }

    /** Begins to listen for the signals. */
    static Ending of(GatewayServer server) {
        Ending ending = new Ending(server);
        Signals.handle("TERM", () -> ending.told(TERMINATED));
        Signals.handle("INT", () -> ending.told(INTERRUPTED));
        return ending;
    }

    /** The exit status of the process: that of the signal that ends it, or 0 if none does. */
    synchronized int status() {
        return status;
    }

    private synchronized void told(int exit) {
        if (stopping != null) {
            // who waits for requests in flight waits no more
            stopping.interrupt();
            return;
        }
        status = exit;
        stopping = new Thread(
                () -> {
                    server.close();
                    System.exit(exit);
                },
                "lintel-ending");
        stopping.start();
    }
}
