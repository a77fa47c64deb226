package dev.lintel.server;

import dev.lintel.reject.JsonText;
import dev.lintel.reject.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the container refuses by itself as problem details (RFC 9457), and ends an HTTP/1 connection with it: after
 * a malformed head nobody knows where the next one begins. Says nothing of the request, of causes or of versions.
 */
final class ProblemErrorHandler implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = statusOf(response);
        byte[] body = body(rejection(status)).getBytes(StandardCharsets.US_ASCII);
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(status);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        if (!http2 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }

    private static int statusOf(Response response) {
        int status = response.getStatus();
        if (status == HttpStatus.UPGRADE_REQUIRED_426) {
            // a request line that says HTTP/2; 426 would have to name what to upgrade to (RFC 9110 section 15.5.22)
            return HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
        }
        return status >= 400 ? status : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    private static Rejection rejection(int status) {
        return switch (status) {
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
    }

    private static String body(Rejection rejection) {
        StringBuilder json = new StringBuilder(192).append("{\"type\":\"about:blank\",\"title\":");
        JsonText.appendString(json, rejection.title());
        json.append(",\"status\":").append(rejection.status()).append(",\"detail\":");
        JsonText.appendString(json, rejection.detail());
        json.append(",\"rule\":");
        JsonText.appendString(json, rejection.rule());
        return json.append('}').toString();
    }
}
