package dev.lintel.proxy;

import static java.util.Objects.requireNonNull;

import dev.lintel.Exchange;
import dev.lintel.filter.ExchangeResponse;
import dev.lintel.filter.Rejections;
import dev.lintel.filter.RequestCompletion;
import dev.lintel.tunnel.ConnectionPair;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to the client: passed on, refused, or broken off. */
final class ClientResponse {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    private final Exchange exchange;
    private final HttpServletRequest request;
    /** As the last filter passed it on, for what the gateway itself answers. */
    private final HttpServletResponse response;
    /** Below our own view, which would count and check a second time. */
    private final HttpServletResponse target;

    private final boolean counts;
    private final ClientConnection connection;
    private final RequestEnd end = new RequestEnd();
    private @Nullable AsyncContext async;
    private boolean watched;

    ClientResponse(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.target = response instanceof ExchangeResponse view ? view.unwrapped() : response;
        this.counts = !countsItself(target);
        this.connection = ClientConnection.of(request);
    }

    private static boolean countsItself(HttpServletResponse target) {
        ServletResponse below = target;
        while (true) {
            if (below instanceof ExchangeResponse) {
                return true;
            }
            if (!(below instanceof ServletResponseWrapper wrapper)) {
                return false;
            }
            below = wrapper.getResponse();
        }
    }

    /**
     * Goes asynchronous, without a timeout of the container's.
     *
     * @param failed ends the request where the container would do so by itself
     */
    void start(Runnable failed) {
        RequestCompletion.beforeErrorPage(request, failed);
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        async = started;
    }

    /** Takes over the head of an upstream's answer, unless the request is being ended. */
    void head(Response answer, @Nullable InsideReferences inside, boolean bodyUnread) {
        synchronized (end) {
            if (!end.isBegun()) {
                takeOver(answer, inside, bodyUnread);
            }
        }
    }

    private void takeOver(Response answer, @Nullable InsideReferences inside, boolean bodyUnread) {
        ResponseHeaderCopy.copy(answer.getStatus(), answer.getHeaders(), exchange.responseHeaders(), inside, target);
        if (bodyUnread && exchange.protocol().startsWith("HTTP/1")) {
            // what the client still sends will not be read, so nothing after it can be understood
            target.setHeader("Connection", "close");
        }
        exchange.status(answer.getStatus());
        if (answer.getStatus() != 205 && mayHaveTrailers(answer)) {
            passTrailers(answer);
        }
    }

    /**
     * Passes an interim answer on, where the container can (RFC 9110 section 15.2: not to HTTP/1.0 clients).
     *
     * @return done when it is out, or if it is dropped
     */
    CompletableFuture<?> interim(int status, HttpFields fields) {
        try {
            if (!exchange.protocol().equals("HTTP/1.0") && !target.isCommitted()) {
                return connection.interim(status, ResponseHeaderCopy.passed(fields, exchange.responseHeaders()));
            }
        } catch (IllegalStateException over) {
            LOG.debug("request {}: already ended by the container", exchange.requestId());
        }
        return CompletableFuture.completedFuture(null);
    }

    /** HTTP/2 needs no field for them; HTTP/1 has no place for them after a length. */
    private boolean mayHaveTrailers(Response answer) {
        if (answer.getVersion() != HttpVersion.HTTP_2) {
            return answer.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        }
        return !exchange.protocol().startsWith("HTTP/1") || !answer.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
    }

    /** RFC 9110 section 6.5.1: to HTTP/1 clients only if they say that they can take them. */
    private void passTrailers(Response answer) {
        boolean http1 = exchange.protocol().startsWith("HTTP/1");
        if (http1 && (exchange.protocol().equals("HTTP/1.0") || !RequestHeaderCopy.acceptsTrailers(request))) {
            return;
        }
        try {
            target.setTrailerFields(() -> Trailers.ofResponse(answer.getTrailers(), exchange.responseHeaders()));
        } catch (IllegalStateException impossible) {
            LOG.debug("request {}: the container sends no trailers here", exchange.requestId());
        }
    }

    /**
     * Passes a body on.
     *
     * @param length that the upstream has declared; negative for none
     * @param near whether the thread that reads the answer takes turns with others
     * @return what does it when it is run; null if the request is being ended
     */
    @Nullable
    ResponseRelay relay(UpstreamCall call, Content.Source source, long length, boolean near) throws IOException {
        synchronized (end) {
            if (end.isBegun()) {
                return null;
            }
            ServletOutputStream output = target.getOutputStream();
            return new ResponseRelay(call, source, output, counts, near, connection.whole(output, length));
        }
    }

    /** Whether the client's connection can go on in another protocol. */
    boolean mayChangeProtocol() {
        return connection.endPoint() != null;
    }

    /** The client's connection, if it can go on in another protocol. */
    EndPoint endPoint() {
        return requireNonNull(connection.endPoint(), "endPoint");
    }

    /** Takes over the head by which an upstream changes to WebSocket. */
    void announce(Response answer) {
        ResponseHeaderCopy.copy(answer.getStatus(), answer.getHeaders(), exchange.responseHeaders(), null, target);
        target.setHeader("Connection", "Upgrade");
        target.setHeader("Upgrade", "websocket");
        exchange.status(answer.getStatus());
    }

    /** Sends that head, and has the connection go on as one of a pair. */
    void changeProtocol(ConnectionPair pair) {
        exchange.prolong();
        try {
            synchronized (end) {
                watched = true;
                connection.changeProtocol(pair);
            }
        } catch (IllegalStateException over) {
            pair.breakOff(over);
        }
        complete();
    }

    /** Whether an answer that has begun can be ended although the request's body cannot be read on. */
    boolean outlivesBody() {
        return connection.outlivesBody();
    }

    /** Ends an answer that was passed on whole. */
    void complete() {
        if (end.begin()) {
            try {
                completeNow();
            } finally {
                end.made();
            }
        }
    }

    private void completeNow() {
        AsyncContext started = async;
        if (started == null) {
            return;
        }
        try {
            started.complete();
        } catch (IllegalStateException over) {
            LOG.debug("request {}: already ended by the container", exchange.requestId());
            if (!exchange.isProlonged()) {
                // and it may have told nobody
                exchange.complete();
            }
        }
    }

    /** Has a task run if the client is found to have gone. */
    void watch(Runnable gone) {
        // the container has to know before the end can begin; what comes on the connection after it is no longer of
        // this request
        synchronized (end) {
            if (watched || end.isBegun()) {
                return;
            }
            watched = true;
            try {
                connection.watch(gone);
            } catch (IllegalStateException over) {
                LOG.debug("request {}: already ended by the container", exchange.requestId());
            }
        }
    }

    /** Lets go of the connection, if it still has a body that nobody reads. */
    void letGo() {
        try {
            connection.letGo();
        } catch (IllegalStateException over) {
            LOG.debug("request {}: already ended by the container", exchange.requestId());
        }
    }

    private boolean breakOff(CallFailure failure) {
        AsyncContext started = async;
        try {
            return started != null && connection.breakOff(started, failure);
        } catch (IllegalStateException over) {
            LOG.debug("request {}: already ended by the container", exchange.requestId());
            return true;
        }
    }

    /** Tells the client that there is no answer, or breaks off the one that has begun, unless the request is being ended already. */
    void refuse(CallFailure failure) {
        if (end.begin()) {
            try {
                refuseNow(failure);
            } catch (RuntimeException wrong) {
                // of whoever writes refusals, or wraps responses
                LOG.error("request {} failed", exchange.requestId(), wrong);
                completeNow();
            } finally {
                end.made();
            }
        }
    }

    /** Has the container's own thread wait for whoever is ending the request, which is over when that thread goes on. */
    void awaitEnd() {
        if (!end.await(connection.mostMillisForEnd())) {
            LOG.warn("request {}: over while it is still being ended", exchange.requestId());
        }
    }

    private void refuseNow(CallFailure failure) {
        boolean committed;
        try {
            if (failure.isClients()) {
                connection.takeErrorBack(target);
            }
            committed = target.isCommitted();
        } catch (IllegalStateException over) {
            // the container is stopping, has ended the request and will tell nobody
            exchange.failure(failure.rule());
            exchange.complete();
            return;
        }
        if (failure == CallFailure.CLIENT_GONE || committed) {
            exchange.failure(failure.rule());
            if (breakOff(failure)) {
                return;
            }
            completeNow();
            // a container that was told to abort may tell nobody that it did
            exchange.complete();
            return;
        }
        try {
            Rejections.answer(exchange, request, response, failure.rejection());
            if (failure.isClients() && !connection.keepsAnswer()) {
                sendNow();
            }
        } catch (IOException | IllegalStateException gone) {
            exchange.failure(CallFailure.CLIENT_GONE.rule());
        }
        completeNow();
    }

    /** A container that failed to read the body would put its own error page in place of an answer that it still holds. */
    private void sendNow() throws IOException {
        try {
            if (exchange.protocol().startsWith("HTTP/1")) {
                response.flushBuffer();
            } else {
                // with the head as the end of the stream where there is no body: gRPC takes no other refusal
                response.getOutputStream().close();
            }
        } catch (IllegalStateException unready) {
            LOG.debug("request {}: the answer is left to the container to send", exchange.requestId());
        }
    }
}
