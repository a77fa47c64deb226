package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import java.net.URI;

/**
 * A server of its own for a gateway: HTTP/1.1 and, by option, HTTPS and HTTP/2; parsed strictly, bounded in heads, connections, threads
 * and time, with an admin port and a graceful end. Thread-safe.
 *
 * <pre>{@code
 * try (GatewayServer server = GatewayServer.builder(gateway).port(8080).stopOnShutdownSignal().start()) {
 *     server.join();
 * }
 * }</pre>
 */
public final class GatewayServer implements AutoCloseable {

    private final RunningServer running;

    private GatewayServer(RunningServer running) {
        this.running = running;
    }

    /**
     * Starts a server with the usual options; it is listening when this returns. Its admin port is 10 above, on 127.0.0.1. It does not
     * stop by itself when the process is told to end ({@link ServerBuilder#stopOnShutdownSignal}).
     *
     * @param gateway what it runs
     * @param port the port to listen on, on all addresses; 0 for any free one
     * @throws dev.lintel.option.GatewayException if the port is in use or the gateway cannot be started
     */
    public static GatewayServer start(Gateway gateway, int port) {
        return builder(gateway).port(port).start();
    }

    /**
     * Starts the description of a server.
     *
     * @param gateway what it runs
     */
    public static ServerBuilder builder(Gateway gateway) {
        return new ServerBuilder(gateway);
    }

    static GatewayServer start(Gateway gateway, ServerOptions options) {
        return new GatewayServer(RunningServer.start(gateway, options));
    }

    /** Where it is reached: scheme, host and port, without a slash at the end. */
    public URI uri() {
        return running.uri();
    }

    /** The port it listens on. */
    public int port() {
        return running.port();
    }

    /**
     * The port that redirects to HTTPS.
     *
     * @throws IllegalStateException if there is none
     */
    public int redirectPort() {
        return running.redirectPort();
    }

    /**
     * Where {@code /health} and {@code /ready} are reached.
     *
     * @throws IllegalStateException if there is no admin port
     */
    public URI adminUri() {
        return running.adminUri();
    }

    /**
     * The gateway that new requests come to.
     *
     * @throws IllegalStateException if the server has stopped
     */
    public Gateway gateway() {
        return running.gateway();
    }

    /**
     * Has another gateway take over without losing a request; see {@link dev.lintel.router.LiveGateway#replace}. The server's own
     * options stay. {@code /ready} tells of the last try if it failed.
     *
     * @param next the whole gateway
     * @throws dev.lintel.option.GatewayException with everything that keeps it from being served; then all is as it was before
     */
    public void replace(Gateway next) {
        running.reloads().replace(next);
    }

    /**
     * Asks the builder's {@link ServerBuilder#reloader} for a gateway and has it take over, as {@code POST /reload} at the admin port
     * does, and with it what is in the files of TLS. For signals, timers and watched files; calls take turns.
     *
     * @throws dev.lintel.option.GatewayException if it gives none, or none that can be served, or certificates cannot be used; then all is as it
     *     was before
     * @throws IllegalStateException if there is neither a reloader nor a file of TLS
     */
    public void reload() {
        running.reloads().reload();
    }

    /**
     * What the gateway that new requests come to would do with a request, and why, as {@code GET /explain} at the admin port tells it.
     * Nothing is counted, logged or fetched by that.
     *
     * @throws IllegalStateException if the server has stopped
     */
    public Explanation explain(RequestDescription request) {
        return running.explain(request);
    }

    /** Waits until the server has been stopped. */
    public void join() throws InterruptedException {
        running.join();
    }

    /**
     * Stops gracefully and waits for it: says that it is not ready and lets every answer close its connection, stops
     * listening after the drain delay, lets the requests in flight finish within the stop timeout, and cuts off what is
     * left then. Without effect if stopped already. If the thread is interrupted, the rest is not waited for.
     */
    @Override
    public void close() {
        running.stop();
    }

    @Override
    public String toString() {
        return "gateway server " + uri();
    }
}
