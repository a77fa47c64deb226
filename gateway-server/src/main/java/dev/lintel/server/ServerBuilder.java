package dev.lintel.server;

import static java.util.Objects.requireNonNull;

import dev.lintel.Gateway;
import dev.lintel.admin.AdminResource;
import dev.lintel.https.LiveTls;
import dev.lintel.https.TlsBuilder;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes a server. Mistakes are noted and reported together at {@link #start}. Not thread-safe. */
public final class ServerBuilder {

    private final Gateway gateway;
    private final Problems problems = new Problems();
    private @Nullable String host;
    private int port = ServerCatalogue.PORT.otherwise().intValue();
    private String adminHost = ServerCatalogue.ADMIN_HOST.otherwise();
    private @Nullable Integer adminPort;
    private final List<AdminResource> adminResources = new ArrayList<>();
    private @Nullable Supplier<Gateway> reloader;
    private @Nullable TlsBuilder tls;
    private ServerOptions.@Nullable Redirecting redirect;
    private boolean http2;
    private boolean http2ClearText;
    private boolean oneLoop = !"false".equals(System.getProperty("dev.lintel.oneLoop"));
    private @Nullable Duration holdUpWarning;
    private boolean sniCheck = ServerCatalogue.SNI_CHECK.otherwise();
    private int maxHeadSize = ServerCatalogue.MAX_HEAD_SIZE.otherwise().intValue();
    private int maxHeaderFields = ServerCatalogue.MAX_HEADER_FIELDS.otherwise().intValue();
    private int maxUriLength = ServerCatalogue.MAX_URI_LENGTH.otherwise().intValue();
    private int maxResponseHeadSize =
            ServerCatalogue.MAX_RESPONSE_HEAD_SIZE.otherwise().intValue();
    private int maxConnections = ServerCatalogue.MAX_CONNECTIONS.otherwise().intValue();
    private int maxStreams = ServerCatalogue.MAX_STREAMS.otherwise().intValue();
    private int maxThreads = ServerCatalogue.MAX_THREADS.otherwise().intValue();
    private Duration headTimeout = ServerCatalogue.HEAD_TIMEOUT.otherwise();
    private Duration idleTimeout = ServerCatalogue.IDLE_TIMEOUT.otherwise();
    private Duration drainDelay = ServerCatalogue.DRAIN_DELAY.otherwise();
    private Duration stopTimeout = ServerCatalogue.STOP_TIMEOUT.otherwise();
    private boolean stopOnShutdownSignal;

    /** What a server can be told by texts, as files do. */
    public static OptionCatalogue catalogue() {
        return ServerCatalogue.ALL;
    }

    ServerBuilder(Gateway gateway) {
        this.gateway = requireNonNull(gateway, "gateway");
    }

    /** The address or host name to listen on; all addresses of the machine by default. */
    public ServerBuilder host(String address) {
        this.host = checked(ServerCatalogue.HOST, address);
        return this;
    }

    /** The port to listen on; 8080 by default, 0 for any free one. */
    public ServerBuilder port(int number) {
        this.port = checked(ServerCatalogue.PORT, number);
        return this;
    }

    /**
     * Speaks HTTPS: certificates by host, versions, client certificates and more. Files are read when the server starts, and again
     * when they change.
     */
    public ServerBuilder tls(TlsBuilder options) {
        this.tls = requireNonNull(options, "options");
        return this;
    }

    /**
     * Speaks HTTPS, by one certificate in PEM files; short for {@link #tls(TlsBuilder)}.
     *
     * @param certificates the server's certificate and then its issuers
     * @param key the private key of the first certificate, not encrypted
     */
    public ServerBuilder tls(Path certificates, Path key) {
        return tls(TlsBuilder.create().certificate(certificates, key));
    }

    /**
     * Speaks HTTPS, by a key store; short for {@link #tls(TlsBuilder)}.
     *
     * @param store private keys with their certificate chains
     * @param password the password of the keys in it
     */
    public ServerBuilder tls(KeyStore store, char[] password) {
        return tls(TlsBuilder.create().certificates(store, password));
    }

    /**
     * Listens on another port in clear text and sends who comes there to HTTPS (308, method and body kept): to hosts that a
     * certificate is for, and to no others (421). Paths under {@code /.well-known/acme-challenge/} are answered by the gateway's
     * routes. With TLS only.
     *
     * @param number the port to listen on, 0 for any free one
     */
    public ServerBuilder redirectPort(int number) {
        return redirectPort(number, 0);
    }

    /**
     * The same where clients know HTTPS by another port than the server does.
     *
     * @param number the port to listen on, 0 for any free one
     * @param publicPort the port to send clients to, 0 for the server's own
     */
    public ServerBuilder redirectPort(int number, int publicPort) {
        this.redirect = new ServerOptions.Redirecting(
                checked(ServerCatalogue.REDIRECT_PORT, number),
                checked(ServerCatalogue.REDIRECT_PUBLIC_PORT, publicPort));
        return this;
    }

    /** Offers HTTP/2 by ALPN beside HTTP/1.1; with TLS only. */
    public ServerBuilder http2() {
        this.http2 = true;
        return this;
    }

    /**
     * Speaks HTTP/2 in clear text, beside HTTP/1.1, to clients that begin with it (RFC 9113 section 3.3); without TLS only.
     * For networks in which nobody else listens.
     */
    public ServerBuilder http2ClearText() {
        this.http2ClearText = true;
        return this;
    }

    /**
     * Whether one thread does all of a request that does not wait: reads it, sends it to the upstream, reads the answer and writes it,
     * for many connections at once. On by default, unless the system property {@code dev.lintel.oneLoop} is {@code false}. Off is Jetty's
     * own way and always right: requests are handed over between threads that watch clients, threads that watch upstreams, and workers.
     */
    public ServerBuilder oneLoop(boolean on) {
        this.oneLoop = on;
        return this;
    }

    /**
     * Logs a warning with the name of the filter when something takes longer than this on a thread that serves many connections, as
     * a filter does that is marked as one that never waits and does; off by default. For finding such filters: a busy machine makes
     * threads look as if they waited, too.
     */
    public ServerBuilder holdUpWarning(Duration duration) {
        this.holdUpWarning = checked(ServerCatalogue.HOLD_UP_WARNING, duration);
        return this;
    }

    /** Whether the certificate must be valid for the request's host, else 421; on by default, with TLS only. */
    public ServerBuilder sniCheck(boolean check) {
        this.sniCheck = check;
        return this;
    }

    /** The address or host name that the admin port listens on; 127.0.0.1 by default. Its answers need no credential. */
    public ServerBuilder adminHost(String address) {
        this.adminHost = checked(ServerCatalogue.ADMIN_HOST, address);
        return this;
    }

    /** The port of {@code /health} and {@code /ready}; 10 above the server's own by default, 0 for any free one. */
    public ServerBuilder adminPort(int number) {
        ServerCatalogue.ADMIN_PORT.check(Integer.toString(number), problems);
        this.adminPort = number;
        return this;
    }

    /** Leaves the admin port out. */
    public ServerBuilder withoutAdminPort() {
        this.adminPort = ServerOptions.NO_ADMIN_PORT;
        return this;
    }

    /** Adds a path to the admin port, beside those that modules on the class path add by themselves. */
    public ServerBuilder adminResource(AdminResource resource) {
        adminResources.add(requireNonNull(resource, "resource"));
        return this;
    }

    /**
     * What makes the gateway that takes over when the server is told to reload, by {@link GatewayServer#reload} or by {@code POST} to
     * {@code /reload} at the admin port; without it there is neither.
     *
     * @param supplier may take its time and may throw {@link dev.lintel.option.GatewayException}; never called twice at once
     */
    public ServerBuilder reloader(Supplier<Gateway> supplier) {
        this.reloader = requireNonNull(supplier, "supplier");
        return this;
    }

    /** The most bytes of a request's head, request line included; 16 KiB by default; beyond it 431. */
    public ServerBuilder maxHeadSize(int bytes) {
        this.maxHeadSize = checked(ServerCatalogue.MAX_HEAD_SIZE, bytes);
        return this;
    }

    /** The most header fields of a request; 100 by default; beyond it 431. */
    public ServerBuilder maxHeaderFields(int fields) {
        this.maxHeaderFields = checked(ServerCatalogue.MAX_HEADER_FIELDS, fields);
        return this;
    }

    /** The most characters of a request's path and query; 8 Ki by default; beyond it 414. */
    public ServerBuilder maxUriLength(int characters) {
        this.maxUriLength = checked(ServerCatalogue.MAX_URI_LENGTH, characters);
        return this;
    }

    /** The most bytes of an answer's head; 32 KiB by default; beyond it the answer is an error. */
    public ServerBuilder maxResponseHeadSize(int bytes) {
        this.maxResponseHeadSize = checked(ServerCatalogue.MAX_RESPONSE_HEAD_SIZE, bytes);
        return this;
    }

    /** The most connections open at once; 10,000 by default; further ones wait in the system's backlog. */
    public ServerBuilder maxConnections(int connections) {
        this.maxConnections = checked(ServerCatalogue.MAX_CONNECTIONS, connections);
        return this;
    }

    /** The most requests at once on one HTTP/2 connection; 100 by default; further ones are refused with REFUSED_STREAM. */
    public ServerBuilder maxStreams(int streams) {
        this.maxStreams = checked(ServerCatalogue.MAX_STREAMS, streams);
        return this;
    }

    /** The most threads that handle requests; 200 by default. */
    public ServerBuilder maxThreads(int threads) {
        this.maxThreads = checked(ServerCatalogue.MAX_THREADS, threads);
        return this;
    }

    /** The longest time for a request's head, from its first byte to its last, and for a TLS handshake; 10 s by default. */
    public ServerBuilder headTimeout(Duration duration) {
        this.headTimeout = checked(ServerCatalogue.HEAD_TIMEOUT, duration);
        return this;
    }

    /** The longest time without a byte on a connection; 30 s by default. */
    public ServerBuilder idleTimeout(Duration duration) {
        this.idleTimeout = checked(ServerCatalogue.IDLE_TIMEOUT, duration);
        return this;
    }

    /**
     * How long the server, once told to stop, goes on listening while {@code /ready} says 503 and every answer
     * {@code Connection: close}, so that a balancer has time to turn away; zero by default.
     */
    public ServerBuilder drainDelay(Duration duration) {
        this.drainDelay = checked(ServerCatalogue.DRAIN_DELAY, duration);
        return this;
    }

    /** The longest time that requests in flight have to finish once the server has stopped listening; 30 s by default. */
    public ServerBuilder stopTimeout(Duration duration) {
        this.stopTimeout = checked(ServerCatalogue.STOP_TIMEOUT, duration);
        return this;
    }

    /** Stops gracefully when the process is told to end (SIGTERM, SIGINT). */
    public ServerBuilder stopOnShutdownSignal() {
        this.stopOnShutdownSignal = true;
        return this;
    }

    /**
     * Starts the server; it is listening when this returns.
     *
     * @throws dev.lintel.option.GatewayException with every problem of the options, or because a port is in use or a
     *     filter cannot be initialised; nothing is left running then
     */
    public GatewayServer start() {
        Problems all = new Problems();
        LiveTls live = check(all);
        all.throwIfAny("server");
        int admin = adminPort == null ? defaultAdminPort() : adminPort;
        TlsOptions tlsOptions = live == null ? null : new TlsOptions(live, http2, sniCheck);
        return GatewayServer.start(
                gateway,
                new ServerOptions(
                        host,
                        port,
                        http2ClearText,
                        oneLoop,
                        holdUpWarning,
                        tlsOptions,
                        redirect,
                        adminHost,
                        admin,
                        List.copyOf(adminResources),
                        reloader,
                        new ServerOptions.Limits(
                                maxHeadSize,
                                maxHeaderFields,
                                maxUriLength,
                                maxResponseHeadSize,
                                maxConnections,
                                maxStreams,
                                maxThreads,
                                headTimeout,
                                idleTimeout),
                        new ServerOptions.Stopping(drainDelay, stopTimeout, stopOnShutdownSignal)));
    }

    /** What is wrong with the options given so far; nothing is started. A copy. */
    public List<Problem> problems() {
        Problems all = new Problems();
        check(all);
        return all.list();
    }

    /** Notes problems; gives what was read of TLS, null if there is none or a problem. */
    private @Nullable LiveTls check(Problems all) {
        problems.list().forEach(problem -> all.add(problem.name(), problem.value(), problem.expected()));
        all.require(!http2 || tls != null, "http2", "without tls", "TLS, since HTTP/2 is chosen by ALPN");
        all.require(!http2ClearText || tls == null, "http2ClearText", "with tls", "no TLS; http2 for HTTP/2 over TLS");
        int admin = adminPort == null ? defaultAdminPort() : adminPort;
        all.require(admin <= 0 || admin != port, "adminPort", admin, "another than the server's port");
        int second = redirect == null ? 0 : redirect.port();
        all.require(redirect == null || tls != null, "redirectPort", "without tls", "TLS to redirect to");
        all.require(second == 0 || second != port && second != admin, "redirectPort", second, "a port of its own");
        return tls == null ? null : tls.build(all);
    }

    private int defaultAdminPort() {
        return port == 0 ? 0 : port + (port <= 65525 ? 10 : -10);
    }

    private <T> T checked(Option<T> option, T value) {
        option.check(value, problems);
        return value;
    }

    private int checked(Option<Long> option, int number) {
        option.check((long) number, problems);
        return number;
    }
}
