package dev.lintel.filter;

import dev.lintel.Exchange;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps request bodies within a size: one that declares too much is refused before any of it is read, one that turns out to
 * be too long ends with an exception for whoever reads it. Holds nothing.
 */
public final class BodyLimit {

    private static final Rejection TOO_LARGE = Rejection.client(
                    413, "body-too-large", "The request's body is longer than allowed here.")
            .closingConnection();

    private static final Rejection NO_LENGTH = Rejection.client(
                    411, "length-required", "A form must say how long it is here (Content-Length).")
            .closingConnection();

    /** Deeper than anybody wraps an exception. */
    private static final int MOST_CAUSES = 16;

    private BodyLimit() {}

    /** The answer to a body that is too long (413); what is left of it is not read. */
    public static Rejection rejection() {
        return TOO_LARGE;
    }

    /**
     * Why a request is refused by what its head tells of its body. Forms that an application reads must say how long they
     * are: the container reads them itself, past all that is put around the request.
     *
     * @param request the request
     * @param most the longest body allowed, in bytes
     * @param toApplication whether an application may get it, rather than an upstream
     * @return null if nothing is wrong with it so far
     */
    public static @Nullable Rejection refusal(HttpServletRequest request, long most, boolean toApplication) {
        long length = request.getContentLengthLong();
        if (length > most) {
            return TOO_LARGE;
        }
        return toApplication && length < 0 && mayHaveBody(request) && isForm(request) ? NO_LENGTH : null;
    }

    /**
     * A view of a request whose body ends with an {@link java.io.IOException} where the limit is.
     *
     * @param request the request
     * @param most the longest body allowed, in bytes
     * @param counting where the bytes read are counted; null if somebody else does
     * @return the view, or the request itself if it has no body
     */
    public static HttpServletRequest enforced(HttpServletRequest request, long most, @Nullable Exchange counting) {
        long length = request.getContentLengthLong();
        return length > 0 || length < 0 && mayHaveBody(request) ? new LimitedRequest(request, counting, most) : request;
    }

    /** Whether an exception says, itself or by what caused it, that such a view's body was too long. */
    public static boolean isExceeded(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (cause instanceof BodyTooLargeException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean mayHaveBody(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1");
    }

    /** Whether some container would read the body for {@code getParameter} or {@code getParts}. */
    private static boolean isForm(HttpServletRequest request) {
        Enumeration<String> types = request.getHeaders("Content-Type");
        while (types.hasMoreElements()) {
            String type = types.nextElement().strip();
            if (startsWith(type, "application/x-www-form-urlencoded") || startsWith(type, "multipart/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
