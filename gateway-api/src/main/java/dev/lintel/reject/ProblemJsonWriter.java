package dev.lintel.reject;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 9457 problem details. */
enum ProblemJsonWriter implements RejectionWriter {
    INSTANCE;

    private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    @Override
    public void write(
            HttpServletRequest request, HttpServletResponse response, Rejection rejection, @Nullable String requestId)
            throws IOException {
        byte[] body = body(rejection, requestId).getBytes(StandardCharsets.US_ASCII);
        response.setStatus(rejection.status());
        for (Rejection.Field field : rejection.headers()) {
            response.addHeader(field.name(), field.value());
        }
        // an answer that depends on credentials or counters is nobody else's answer
        response.setHeader("Cache-Control", "no-store");
        // HTTP/2 forbids the field (RFC 9113 section 8.2.2)
        if (rejection.closesConnection() && request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
        response.setContentType("application/problem+json");
        if (request.getMethod().equals("HEAD")) {
            response.setContentLength(body.length);
        } else {
            // the container says how long it is when it ends; said here, some would send it now and wait for the client
            // to take it
            response.getOutputStream().write(body);
        }
    }

    @Override
    public boolean mayWait() {
        return false;
    }

    static String body(Rejection rejection, @Nullable String requestId) {
        StringBuilder json = new StringBuilder(256).append("{\"type\":");
        List<String> policies = rejection.violatedPolicies();
        JsonText.appendString(json, policies.isEmpty() ? "about:blank" : QUOTA_EXCEEDED);
        json.append(",\"title\":");
        JsonText.appendString(json, rejection.title());
        json.append(",\"status\":").append(rejection.status()).append(",\"detail\":");
        JsonText.appendString(json, rejection.detail());
        json.append(",\"rule\":");
        JsonText.appendString(json, rejection.rule());
        if (requestId != null) {
            json.append(",\"instance\":");
            JsonText.appendString(json, "urn:request-id:" + requestId);
            json.append(",\"requestId\":");
            JsonText.appendString(json, requestId);
        }
        if (!policies.isEmpty()) {
            json.append(",\"violated-policies\":[");
            for (int i = 0; i < policies.size(); i++) {
                json.append(i == 0 ? "" : ",");
                JsonText.appendString(json, policies.get(i));
            }
            json.append(']');
        }
        return json.append('}').toString();
    }
}
