package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.admin.AdminResource;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.https.LiveTls;
import dev.lintel.https.TlsWatch;
import dev.lintel.loop.HoldUps;
import dev.lintel.loop.LoopConnector;
import dev.lintel.loop.LoopContext;
import dev.lintel.loop.LoopThreads;
import dev.lintel.loop.WorkerHandover;
import dev.lintel.proxy.UpstreamProxyServlet;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.HttpsRedirect;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Jetty servers behind a {@link GatewayServer}: one for requests, a small one for the admin port. Thread-safe. */
final class RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private final ServerOptions options;
    private final Phase phase = new Phase();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Server front;
    private final ServerConnector frontConnector;
    private final @Nullable ServerConnector redirectConnector;
    private final DrainHandler drain;
    private final GatewayServlet servlet;
    private final Reloads reloads;
    private final @Nullable LiveTls tls;
    private final @Nullable Server admin;
    private final @Nullable ServerConnector adminConnector;
    private volatile @Nullable Thread hook;
    private int port;
    private int adminPort = ServerOptions.NO_ADMIN_PORT;

    private RunningServer(Gateway gateway, ServerOptions options) {
        this.options = options;
        this.servlet = new GatewayServlet(gateway);
        this.tls = options.tls() == null ? null : options.tls().live();
        this.reloads = new Reloads(options.reloader(), servlet::replace, tls);
        ClientNoise.keepToErrors();
        this.front = options.oneLoop()
                ? server("lintel", new LoopThreads(threads(options), Math.min(threads(options), 8)))
                : server("lintel", new QueuedThreadPool(threads(options), Math.min(threads(options), 8)));
        this.frontConnector = Connectors.front(front, options);
        HeadTimeout headTimeout =
                new HeadTimeout(front.getScheduler(), options.limits().headTimeout());
        frontConnector.addBean(headTimeout);
        this.drain = new DrainHandler(phase, headTimeout, tls == null ? null : tls.hsts());
        front.addConnector(frontConnector);
        this.redirectConnector = redirecting(headTimeout);
        if (tls != null && !tls.watchInterval().isZero()) {
            front.addBean(new TlsWatch(front.getScheduler(), front.getThreadPool(), tls));
        }
        front.setHandler(drain);
        front.setErrorHandler(new Refusals(drain));
        FrontChecks checks = new FrontChecks(options.limits());
        drain.setHandler(checks);
        if (options.oneLoop()) {
            var handover = new WorkerHandover<>(new GatewayForesight(servlet));
            LoopContext context = new LoopContext();
            context.setAttribute(UpstreamProxyServlet.CONNECTORS, frontConnector);
            if (options.holdUpWarning() != null && frontConnector instanceof LoopConnector loops) {
                loops.watchedBy(
                        new HoldUps(front.getScheduler(), options.holdUpWarning(), new HoldUpLog(servlet::gateway)));
            }
            handover.setHandler(application(servlet, context));
            checks.setHandler(handover);
        } else {
            checks.setHandler(application(servlet, new ServletContextHandler("/", false, false)));
        }
        if (options.adminPort() == ServerOptions.NO_ADMIN_PORT) {
            this.admin = null;
            this.adminConnector = null;
        } else {
            this.admin = server("lintel-admin", new QueuedThreadPool(8, 8));
            this.adminConnector = Connectors.admin(admin, options);
            admin.addConnector(adminConnector);
            BrowserPages pages = new BrowserPages(options.adminHost());
            HeadTimeout adminHeads =
                    new HeadTimeout(admin.getScheduler(), options.limits().headTimeout());
            adminConnector.addBean(adminHeads);
            Handler answers = new Handler.Sequence(
                    new AdminResources(
                            withOwn(options.adminResources()),
                            pages,
                            options.limits().headTimeout(),
                            servlet::gateway,
                            List.of(reloads)),
                    new AdminEndpoints(phase, servlet::gateway, reloads, tls, pages));
            admin.setHandler(new HeadWatch(adminHeads, answers));
        }
    }

    private @Nullable ServerConnector redirecting(HeadTimeout headTimeout) {
        ServerOptions.Redirecting redirect = options.redirect();
        LiveTls known = tls;
        if (redirect == null || known == null) {
            return null;
        }
        int publicPort = redirect.publicPort();
        HttpsRedirect target =
                new HttpsRedirect(() -> publicPort == 0 ? frontConnector.getLocalPort() : publicPort, known::isFor);
        ServerConnector connector = Connectors.redirecting(front, options, target);
        connector.addBean(headTimeout, false);
        front.addConnector(connector);
        return connector;
    }

    /**
     * Starts both.
     *
     * @throws dev.lintel.option.GatewayException if that fails; nothing is left running then
     */
    static RunningServer start(Gateway gateway, ServerOptions options) {
        RunningServer server = new RunningServer(gateway, options);
        try {
            if (server.admin != null) {
                StartFailure.telling("adminPort", options.adminPort(), server.admin);
            }
            server.startFront();
        } catch (RuntimeException failed) {
            server.end();
            throw failed;
        }
        server.listening();
        return server;
    }

    /** The redirecting port first, so that it is known which of both cannot be listened on. */
    private void startFront() {
        if (redirectConnector != null) {
            try {
                redirectConnector.open();
            } catch (java.io.IOException failed) {
                throw StartFailure.of("redirectPort", redirectConnector.getPort(), failed);
            }
        }
        StartFailure.telling("port", options.port(), front);
    }

    private void listening() {
        port = frontConnector.getLocalPort();
        adminPort = adminConnector == null ? ServerOptions.NO_ADMIN_PORT : adminConnector.getLocalPort();
        phase.become(Phase.State.READY);
        if (options.stopping().onSignal()) {
            Thread stopping = new Thread(this::stop, "lintel-stop");
            Runtime.getRuntime().addShutdownHook(stopping);
            hook = stopping;
        }
    }

    URI uri() {
        String scheme = options.tls() == null ? "http" : "https";
        return URI.create(scheme + "://" + authority(options.host(), port));
    }

    int port() {
        return port;
    }

    int redirectPort() {
        if (redirectConnector == null) {
            throw new IllegalStateException("redirectPort: none (expected: redirectPort)");
        }
        return redirectConnector.getLocalPort();
    }

    URI adminUri() {
        if (adminPort == ServerOptions.NO_ADMIN_PORT) {
            throw new IllegalStateException("adminUri: no admin port (expected: adminPort)");
        }
        return URI.create("http://" + authority(options.adminHost(), adminPort));
    }

    Gateway gateway() {
        return servlet.gateway();
    }

    Explanation explain(RequestDescription request) {
        return servlet.explain(request);
    }

    Reloads reloads() {
        return reloads;
    }

    void join() throws InterruptedException {
        stopped.await();
    }

    void stop() {
        if (!phase.drain()) {
            awaitStopped();
            return;
        }
        boolean hurried = false;
        try {
            pause(options.stopping().drainDelay());
            frontConnector.close();
            if (redirectConnector != null) {
                redirectConnector.close();
            }
            // tells HTTP/2 clients to go away; HTTP/1 ones were told by the header field
            var unused = Graceful.shutdown(frontConnector);
            if (!drain.awaitIdle(options.stopping().stopTimeout().toNanos())) {
                LOG.warn(
                        "{} requests cut off after {}",
                        drain.inFlight(),
                        options.stopping().stopTimeout());
            }
        } catch (InterruptedException hurry) {
            hurried = true;
        }
        end();
        forgetHook();
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        phase.become(Phase.State.STOPPED);
        stopQuietly(front);
        if (admin != null) {
            stopQuietly(admin);
        }
        stopped.countDown();
    }

    /** A hook that stays would keep a stopped server, and all it knows, in memory for as long as the process lives. */
    private void forgetHook() {
        Thread known = hook;
        if (known == null || known == Thread.currentThread()) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(known);
        } catch (IllegalStateException ending) {
            // the process ends anyway
        }
    }

    private void awaitStopped() {
        try {
            stopped.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private List<AdminResource> withOwn(List<AdminResource> given) {
        List<AdminResource> all = new ArrayList<>(given);
        all.add(new ExplainResource(servlet));
        return all;
    }

    private static void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    private static void stopQuietly(Server server) {
        try {
            server.stop();
        } catch (Exception failed) {
            LOG.warn("the server did not stop cleanly", failed);
        }
    }

    private static int threads(ServerOptions options) {
        return options.limits().threads();
    }

    private static Server server(String name, QueuedThreadPool pool) {
        pool.setName(name);
        Server server = new Server(pool);
        server.setErrorHandler(new ProblemErrorHandler());
        return server;
    }

    private static ServletContextHandler application(GatewayServlet servlet, ServletContextHandler context) {
        context.setServletHandler(new WholeSite());
        // else an empty path is redirected to / before the gateway sees it
        context.setAllowNullPathInContext(true);
        ServletHolder holder = new ServletHolder("gateway", servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(0);
        context.addServlet(holder, "/*");
        context.setErrorHandler(new ProblemErrorHandler());
        return context;
    }

    private static String authority(@Nullable String host, int port) {
        if (host == null || host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost:" + port;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
