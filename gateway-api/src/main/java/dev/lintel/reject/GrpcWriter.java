package dev.lintel.reject;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses gRPC calls in the way of gRPC: status 200, no body, and the outcome in {@code grpc-status} ("Trailers-Only" of
 * the gRPC over HTTP/2 protocol). Everything else is refused by another writer.
 *
 * @param otherwise refuses what is no gRPC call
 */
record GrpcWriter(RejectionWriter otherwise) implements RejectionWriter {

    @Override
    public void write(
            HttpServletRequest request, HttpServletResponse response, Rejection rejection, @Nullable String requestId)
            throws IOException {
        if (!isCall(request)) {
            otherwise.write(request, response, rejection, requestId);
            return;
        }
        response.setStatus(200);
        for (Rejection.Field field : rejection.headers()) {
            response.addHeader(field.name(), field.value());
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Type", "application/grpc");
        response.setHeader("grpc-status", Integer.toString(code(rejection.status())));
        response.setHeader("grpc-message", encoded(rejection.rule() + ": " + rejection.detail()));
    }

    @Override
    public boolean mayWait() {
        return otherwise.mayWait();
    }

    /** A call needs HTTP/2; {@code application/grpc-web} is another protocol. */
    private static boolean isCall(HttpServletRequest request) {
        String type = request.getHeader("Content-Type");
        String prefix = "application/grpc";
        return type != null
                && type.regionMatches(true, 0, prefix, 0, prefix.length())
                && (type.length() == prefix.length() || "+;".indexOf(type.charAt(prefix.length())) >= 0)
                && request.getProtocol().startsWith("HTTP/2");
    }

    /**
     * What gRPC calls an HTTP status, as gRPC clients themselves do where no code is given, except that a limit is told apart
     * from an outage: {@code UNAVAILABLE} would have them try again at once.
     */
    private static int code(int status) {
        return switch (status) {
            case 400, 500 -> 13; // INTERNAL
            case 401 -> 16; // UNAUTHENTICATED
            case 403 -> 7; // PERMISSION_DENIED
            case 404, 405, 501 -> 12; // UNIMPLEMENTED
            case 413, 429 -> 8; // RESOURCE_EXHAUSTED
            case 502, 503, 504 -> 14; // UNAVAILABLE
            default -> 2; // UNKNOWN
        };
    }

    /** "Percent-Encoded" of the protocol. */
    private static String encoded(String message) {
        StringBuilder text = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            boolean plain = c >= ' ' && c <= '~' && c != '%';
            text.append(plain ? Character.toString(c) : c == '%' ? "%25" : "?");
        }
        return text.toString();
    }
}
