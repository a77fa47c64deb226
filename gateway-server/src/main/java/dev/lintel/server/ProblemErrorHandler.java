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
        int status = Refusals.statusOf(response);
        byte[] body = body(Refusals.rejection(status)).getBytes(StandardCharsets.US_ASCII);
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(status);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        if (!http2 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        boolean head = request.getMethod().equals("HEAD");
        if (head) {
            // else the container says it itself; said here, it would wait for ever for bytes that a client gone cannot
            // take
            headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
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
