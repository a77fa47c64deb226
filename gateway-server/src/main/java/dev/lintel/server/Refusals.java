package dev.lintel.server;

import dev.lintel.Exchange;
import dev.lintel.reject.Rejection;
import dev.lintel.router.GatewayServlet;
import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Takes what the parser refuses into the gateway, which gives it an id and a line in the log and answers it. What has been
 * there already, or cannot go there, is answered here. Thread-safe.
 */
final class Refusals implements Request.Handler {

    /** What Jetty says of a path that climbs above the root; by then it has no request that could be asked for its path. */
    private static final String CLIMBS = "Bad URI";

    private final Handler entrance;
    private final Request.Handler plain = new ProblemErrorHandler();

    /**
     * Makes the handler of a server's errors.
     *
     * @param entrance where requests enter that server
     */
    Refusals(Handler entrance) {
        this.entrance = entrance;
    }

    /** Whether a request was refused before it came to the gateway. */
    static boolean isRefused(Request request) {
        return request.getAttribute(GatewayServlet.REFUSED) != null;
    }

    /** Notes why a request is refused, for the gateway to say it. */
    static void refuse(Request request, int status) {
        request.setAttribute(GatewayServlet.REFUSED, rejection(status));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean known = isRefused(request) || request.getAttribute(Exchange.ATTRIBUTE) != null;
        if (known || !entrance.isRunning()) {
            return plain.handle(request, response, callback);
        }
        // the error's own attributes would have the servlet container answer by its error page
        Request refused = request instanceof ErrorHandler.ErrorRequest error ? error.getWrapped() : request;
        // a client that went away in the middle of its head has left half of one
        boolean gone = request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof IOException;
        int status = gone ? HttpStatus.BAD_REQUEST_400 : statusOf(response);
        refused.setAttribute(
                GatewayServlet.REFUSED,
                status == HttpStatus.BAD_REQUEST_400 && climbs(request) ? climbing() : rejection(status));
        return entrance.handle(new RefusedRequest(refused), response, callback);
    }

    private static boolean climbs(Request request) {
        int depth = 0;
        Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        for (; failure instanceof Throwable thrown && depth < 8; failure = thrown.getCause(), depth++) {
            if (thrown instanceof IllegalArgumentException && CLIMBS.equals(thrown.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static Rejection climbing() {
        return Rejection.client(400, "dot-segment", "The path is ambiguous or malformed.")
                .closingConnection();
    }

    static int statusOf(Response response) {
        int status = response.getStatus();
        if (status == HttpStatus.UPGRADE_REQUIRED_426) {
            // a request line that says HTTP/2; 426 would have to name what to upgrade to (RFC 9110 section 15.5.22)
            return HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
        }
        return status >= 400 ? status : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    static Rejection rejection(int status) {
        Rejection rejection = switch (status) {
            case 400 -> Rejection.client(status, "malformed-request", "The request is malformed.");
            case 408 -> Rejection.client(status, "request-timeout", "The request took too long to arrive.");
            case 413 -> Rejection.client(status, "body-too-large", "The request's body is longer than allowed here.");
            case 414 -> Rejection.client(status, "uri-too-long", "The request's target is longer than allowed here.");
            case 417 -> Rejection.client(status, "expectation", "Only 100-continue can be expected.");
            case 421 -> Rejection.client(status, "misdirected-request", "This connection is not for that origin.");
            case 431 ->
                Rejection.client(status, "head-too-large", "The request's header fields are too many or too long.");
            case 501 -> Rejection.client(status, "transfer-coding", "Only the transfer coding chunked is understood.");
            case 503 -> Rejection.gateway(status, "unavailable", "The server does not take requests now.");
            case 505 -> Rejection.client(status, "protocol-version", "This version of HTTP is not spoken here.");
            default ->
                status < 500
                        ? Rejection.client(status, "refused", "The request was refused.")
                        : Rejection.gateway(status, "internal-error", "The server failed to handle the request.");
        };
        return rejection.closingConnection();
    }
}
