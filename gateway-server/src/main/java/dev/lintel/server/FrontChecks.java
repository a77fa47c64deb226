package dev.lintel.server;

import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The checks of a request's head that the parser has no option for. Thread-safe. */
final class FrontChecks extends Handler.Wrapper {

    private final String allow;
    private final int uriLength;
    private final int headerFields;

    /**
     * Makes the checks.
     *
     * @param methods the methods admitted
     */
    FrontChecks(ServerOptions.Limits limits, Set<String> methods) {
        this.allow = String.join(", ", new TreeSet<>(methods));
        this.uriLength = limits.uriLength();
        this.headerFields = limits.headerFields();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getMethod().equals("OPTIONS")
                && "*".equals(request.getHttpURI().getPath())) {
            // about the server, not about a resource that a servlet could answer for (RFC 9110 section 9.3.7)
            response.setStatus(HttpStatus.NO_CONTENT_204);
            response.getHeaders().put(HttpHeader.ALLOW, allow);
            callback.succeeded();
            return true;
        }
        int status = check(request);
        if (status == 0) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, status);
        return true;
    }

    private int check(Request request) {
        String target = request.getHttpURI().getPathQuery();
        if (target != null && target.length() > uriLength) {
            return HttpStatus.URI_TOO_LONG_414;
        }
        if (request.getHeaders().size() > headerFields) {
            return HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
        }
        // the target may name a scheme of its own, and everything behind believes it (RFC 9110 section 7.4)
        String scheme = request.getHttpURI().getScheme();
        HttpScheme real = request.getConnectionMetaData().isSecure() ? HttpScheme.HTTPS : HttpScheme.HTTP;
        return scheme == null || real.is(scheme) ? 0 : HttpStatus.MISDIRECTED_REQUEST_421;
    }
}
