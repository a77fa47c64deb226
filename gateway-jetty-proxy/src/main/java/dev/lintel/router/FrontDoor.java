package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.filter.BodyLimit;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.ExchangeResponse;
import dev.lintel.filter.LogContext;
import dev.lintel.filter.Rejections;
import dev.lintel.identity.ClientCertificate;
import dev.lintel.proxy.SentAnswer;
import dev.lintel.reject.Rejection;
import dev.lintel.request.Authority;
import dev.lintel.request.ContextPath;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.RequestPath;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a request up to its destination: admit, match, run the chain. Requests that are refused or match nothing run
 * the gateway's own filters too, so that they have an id, a log line and the address limit like all others. Thread-safe.
 */
final class FrontDoor implements GatewayHold {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    /** How a server in front tells of certificates (RFC 9440 section 2); here nobody is in front. */
    private static final HeaderSelector CLIENT_CERTIFICATE = HeaderSelector.of("Client-Cert", "Client-Cert-Chain");

    private static final Filter[] NO_GUARDS = {};

    private final String mark;
    private final MountedGateway mounted;
    private final Destinations destinations;
    private final Reception reception;
    private final boolean mayWaitWithoutThread;
    private final @Nullable WaitingRoutes waiting;

    FrontDoor(String mark, MountedGateway mounted, MountPoint.Kind kind) {
        this.mark = mark;
        this.mounted = mounted;
        this.mayWaitWithoutThread = kind == MountPoint.Kind.SERVLET;
        this.destinations = new Destinations(mounted, kind == MountPoint.Kind.FILTER);
        this.reception = new Reception(mounted, destinations.otherwise());
        this.waiting = kind == MountPoint.Kind.SERVLET ? WaitingRoutes.of(mounted.gateway()) : null;
    }

    MountedGateway mounted() {
        return mounted;
    }

    /** Tells what would become of a request here. */
    Explainer explainer() {
        return new Explainer(mounted, destinations, reception);
    }

    @Override
    public String attribute() {
        return mark;
    }

    @Override
    public boolean mayWait(String rawPath) {
        return waiting == null || waiting.mayWait(rawPath);
    }

    @Override
    public void release() {
        mounted.release();
    }

    /**
     * Takes a request in, and takes over what its caller holds of the gateway.
     *
     * @param host runs the host application; null where there is none
     */
    void enter(HttpServletRequest request, HttpServletResponse response, @Nullable Terminal host)
            throws IOException, ServletException {
        boolean outermost = Exchange.of(request) == null;
        Exchange exchange = begin(request);
        // an exchange that was begun outside may know of another request, before it was wrapped or forwarded
        Authority asked = outermost ? exchange.authority() : Authority.of(request);
        RouteChain chain = chainFor(exchange, request, asked, host);
        if (mayWaitWithoutThread) {
            chain.allowSuspension(request);
        }
        HttpServletResponse answer = ExchangeResponse.of(response, exchange);
        HttpServletRequest view = ExchangeRequest.of(request, exchange).answeredBy(answer);
        try {
            run(chain, view, answer, false);
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            if (outermost) {
                SentAnswer.leaveFailing(exchange, request, response);
            }
            throw thrown;
        }
        if (outermost) {
            SentAnswer.leave(exchange, request, response);
        }
    }

    private Exchange begin(HttpServletRequest request) {
        Exchange exchange = null;
        try {
            RequestPath path = mounted.admission().parse(ContextPath.remove(request));
            exchange = Exchange.begin(request, path, mounted.gateway().settings());
        } finally {
            if (exchange == null) {
                mounted.release();
            }
        }
        mounted.releaseAfter(exchange);
        exchange.requestHeaders().remove(mounted.gateway().ownedHeaders());
        if (request.getAttribute(ClientCertificate.ASKED) != null) {
            exchange.requestHeaders().remove(CLIENT_CERTIFICATE);
        }
        return exchange;
    }

    /**
     * Lets a dispatch within the application through, past those who guard the path that it leads to: its request was taken in before, or it
     * is an error page. The fields that belong to the gateway stay hidden.
     */
    void pass(HttpServletRequest request, HttpServletResponse response, Terminal host)
            throws IOException, ServletException {
        Exchange before = Exchange.of(request);
        Exchange exchange = before != null
                ? before
                : Exchange.begin(
                        request,
                        mounted.admission().parse(ContextPath.remove(request)),
                        mounted.gateway().settings());
        exchange.requestHeaders().remove(mounted.gateway().ownedHeaders());
        HttpServletResponse answer = ExchangeResponse.of(response, exchange);
        String logged = LogContext.enter(exchange.requestId());
        try {
            HttpServletRequest view = ExchangeRequest.of(request, exchange).answeredBy(answer);
            Filter[] guards = before == null ? NO_GUARDS : OnwardPath.guards(mounted, exchange, request);
            if (guards.length == 0) {
                host.run(exchange, view, answer);
            } else {
                new RouteChain(exchange, guards, host).doFilter(view, answer);
            }
        } catch (IOException | ServletException | RuntimeException thrown) {
            if (!BodyLimit.isExceeded(thrown) || answer.isCommitted() || request.isAsyncStarted()) {
                throw thrown;
            }
            Rejections.answer(exchange, request, answer, BodyLimit.rejection());
        } finally {
            LogContext.leave(logged);
        }
        if (before == null) {
            SentAnswer.leave(exchange, request, response);
        }
    }

    /** Goes on with a request that was set aside while a filter waited. */
    static void resume(RouteChain chain, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        run(chain, request, response, true);
    }

    private static void run(RouteChain chain, HttpServletRequest request, HttpServletResponse response, boolean resumed)
            throws IOException, ServletException {
        Exchange exchange = chain.exchange();
        try {
            if (resumed) {
                chain.resume();
            } else {
                chain.doFilter(request, response);
            }
        } catch (IOException | ServletException | RuntimeException thrown) {
            if (BodyLimit.isExceeded(thrown) && !response.isCommitted()) {
                Rejections.answer(exchange, request, response, BodyLimit.rejection());
                return;
            }
            if (leadsToHostApplication(exchange)) {
                throw thrown;
            }
            answerFailure(exchange, request, response, thrown);
        }
    }

    private RouteChain chainFor(
            Exchange exchange, HttpServletRequest request, @Nullable Authority asked, @Nullable Terminal host) {
        Reception.Outcome outcome = reception.decide(exchange, request, asked);
        return new RouteChain(
                exchange, filters(mounted, outcome), terminal(destinations, outcome, exchange, request, host));
    }

    /** The filters that run, whatever became of a request before them. */
    static Filter[] filters(MountedGateway mounted, Reception.Outcome outcome) {
        if (outcome instanceof Reception.Outcome.Led led) {
            return mounted.filtersOf(led.route());
        }
        boolean early = outcome instanceof Reception.Outcome.ToHttps
                || outcome instanceof Reception.Outcome.Refused refused && refused.early();
        return early ? mounted.earlyFilters() : mounted.commonFilters();
    }

    /** What comes after the filters. */
    static Terminal terminal(
            Destinations destinations,
            Reception.Outcome outcome,
            Exchange exchange,
            HttpServletRequest request,
            @Nullable Terminal host) {
        if (outcome instanceof Reception.Outcome.Led led) {
            return destinations.of(led.route(), exchange, request, host);
        }
        if (outcome instanceof Reception.Outcome.ToHttps secure) {
            return (facts, view, answer) -> secure.redirect().answer(secure.asked(), facts, view, answer);
        }
        return outcome instanceof Reception.Outcome.Refused refused
                ? answering(refused.rejection())
                : destinations.options();
    }

    private static Terminal answering(Rejection rejection) {
        return (facts, request, response) -> Rejections.answer(facts, request, response, rejection);
    }

    private static boolean leadsToHostApplication(Exchange exchange) {
        Route route = exchange.route();
        return exchange.rejection() == null
                && route != null
                && route.destination() instanceof Destination.HostApplication;
    }

    /** Before the head is sent: a plain 500. After it: the container breaks the connection, told by an exception. */
    private static void answerFailure(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Exception thrown)
            throws IOException, ServletException {
        exchange.failure("exception");
        if (response.isCommitted()) {
            if (thrown instanceof IOException gone) {
                throw gone;
            }
            LOG.error("request {} failed", exchange.requestId(), thrown);
            throw new ServletException(thrown);
        }
        LOG.error("request {} failed", exchange.requestId(), thrown);
        Rejections.answer(
                exchange,
                request,
                response,
                Rejection.gateway(500, "internal-error", "The gateway failed to handle the request."));
        if (request.isAsyncStarted()) {
            // whoever started it has thrown, so nobody else will end it
            request.getAsyncContext().complete();
        }
    }
}
