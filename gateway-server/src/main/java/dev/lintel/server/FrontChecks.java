package dev.lintel.server;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The checks of a request's head that the parser has no option for; the gateway answers what does not pass. Thread-safe. */
final class FrontChecks extends Handler.Wrapper {

    private final int uriLength;
    private final int headerFields;

    FrontChecks(ServerOptions.Limits limits) {
        this.uriLength = limits.uriLength();
        this.headerFields = limits.headerFields();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = Refusals.isRefused(request) ? 0 : check(request);
        if (status != 0) {
            Refusals.refuse(request, status);
        }
        return super.handle(request, response, callback);
    }

    private int check(Request request) {
        String target = request.getHttpURI().getPathQuery();
        if (target != null && target.length() > uriLength) {
            return HttpStatus.URI_TOO_LONG_414;
        }
        if (request.getHeaders().size() > headerFields) {
            return HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
        }
        if (request.getHttpURI().getHost() == null && !request.getHeaders().contains(HttpHeader.HOST)) {
            // only HTTP/2 lets it pass; what the request is for must be said by the request
            return HttpStatus.BAD_REQUEST_400;
        }
        // the target may name a scheme of its own, and everything behind believes it (RFC 9110 section 7.4)
        String scheme = request.getHttpURI().getScheme();
        HttpScheme real = request.getConnectionMetaData().isSecure() ? HttpScheme.HTTPS : HttpScheme.HTTP;
        return scheme == null || real.is(scheme) ? 0 : HttpStatus.MISDIRECTED_REQUEST_421;
    }
}
