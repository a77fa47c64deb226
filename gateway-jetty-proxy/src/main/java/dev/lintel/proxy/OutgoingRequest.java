package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.Route;
import dev.lintel.reject.Rejection;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What would be sent to an upstream, of a request that is not sent. Immutable and thread-safe.
 *
 * @param refused the answer if nothing is sent; null if something is
 * @param targets the targets that may get it
 * @param path the raw path for the first of the targets
 * @param query the raw query, or null
 * @param fields the header fields for the first of the targets, in order
 * @param remarks what else is to be said, for a person
 */
public record OutgoingRequest(
        @Nullable Rejection refused,
        List<Target> targets,
        String path,
        @Nullable String query,
        List<HeaderField> fields,
        List<String> remarks) {

    /** Decides without any effect, by the code that serves. */
    static OutgoingRequest of(
            RequestHeaderCopy headers, Exchange exchange, Route route, Upstream upstream, HttpServletRequest request) {
        boolean upgrades = WebSocketHandshake.isAsked(request);
        WebSocketHandshake handshake = upgrades ? WebSocketHandshake.of(request) : null;
        UpstreamHead head = new UpstreamHead(headers, exchange, route, upstream, request, handshake);
        List<Target> targets = List.copyOf(upstream.source().targets());
        CallFailure failure = ViaHeader.isLoop(request) ? CallFailure.LOOP : upgrades ? head.refusal(true) : null;
        if (failure == null && targets.isEmpty()) {
            failure = CallFailure.NO_TARGET;
        }
        if (failure != null) {
            return new OutgoingRequest(failure.rejection(), targets, "", null, List.of(), List.of());
        }
        List<String> remarks = new ArrayList<>();
        if (upgrades) {
            remarks.add("goes on as a WebSocket connection where the container can, for at most "
                    + route.options().webSockets().most() + " at a time");
        }
        if (head.mustPeek()) {
            remarks.add("whether there is a body is only known when it has been asked for");
        }
        long most = route.options().maxRequestBody();
        if (most > 0 && request.getContentLengthLong() < 0 && !head.isWithoutBody()) {
            remarks.add("a body of more than " + most + " bytes is refused with 413 as soon as that is seen");
        }
        Target first = targets.get(0);
        HttpFields.Mutable fields = HttpFields.build();
        boolean hasBody = !head.isWithoutBody();
        head.write(RequestHeaderCopy.hostOf(first), hasBody, fields);
        List<HeaderField> written = new ArrayList<>();
        for (HttpField field : fields) {
            written.add(new HeaderField(field.getName(), String.valueOf(field.getValue())));
        }
        if (hasBody && request.getContentLengthLong() < 0 && !head.mustPeek()) {
            written.add(new HeaderField(HttpHeader.TRANSFER_ENCODING.asString(), "chunked"));
        }
        return new OutgoingRequest(
                null, targets, head.path(first), exchange.routedQuery(), List.copyOf(written), List.copyOf(remarks));
    }

    /** Neither fields nor query, in which credentials may be. */
    @Override
    public String toString() {
        return refused == null ? path + " for " + targets : String.valueOf(refused.status());
    }
}
