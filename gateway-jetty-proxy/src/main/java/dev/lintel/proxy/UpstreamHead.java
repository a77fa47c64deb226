package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head becomes on its way to a target. Decides and writes, and has no other effect, so that it serves for requests that
 * are only described, too.
 *
 * @param headers writes the fields
 * @param exchange the facts of the request
 * @param route its route
 * @param upstream the route's upstream
 * @param request the request with the changes of all filters
 * @param handshake what it wishes to go on as; null for what it is
 */
record UpstreamHead(
        RequestHeaderCopy headers,
        Exchange exchange,
        Route route,
        Upstream upstream,
        HttpServletRequest request,
        @Nullable WebSocketHandshake handshake) {

    /** The raw path. */
    String path(Target target) {
        return target.basePath() + route.rewritten(exchange.routedPath());
    }

    /**
     * The fields, as far as they do not say how a body is sent.
     *
     * @param targetHost {@link RequestHeaderCopy#hostOf} of the target
     */
    void write(HttpField targetHost, boolean hasBody, HttpFields.Mutable to) {
        headers.copy(request, new RequestHeaderCopy.Head(exchange, upstream, targetHost, hasBody), to);
        if (handshake != null) {
            WebSocketHandshake.writeRequest(to);
        }
    }

    /** Whether the head tells that there is no body. */
    boolean isWithoutBody() {
        long length = request.getContentLengthLong();
        return length == 0 || length < 0 && !isChunked() && !mustPeek();
    }

    private boolean isChunked() {
        HttpFields known = ClientConnection.fieldsOf(request);
        return known == null
                ? request.getHeader("Transfer-Encoding") != null
                : known.contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Whether the head does not tell if there is a body: HTTP/2 and later need no field for that. */
    boolean mustPeek() {
        return request.getContentLengthLong() < 0 && !exchange.protocol().startsWith("HTTP/1");
    }

    /** Why a wish to go on as a WebSocket connection is refused, whoever else has one; null if it is not. */
    @Nullable
    CallFailure refusal(boolean mayChangeProtocol) {
        // over HTTP/2 it would be another handshake (RFC 8441)
        if (upstream.protocol() != Upstream.Protocol.H1
                || route.options().webSockets().most() == 0
                || !mayChangeProtocol) {
            return CallFailure.UPGRADE;
        }
        return handshake == null ? CallFailure.HANDSHAKE : null;
    }
}
