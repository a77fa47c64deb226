package dev.lintel.request;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Takes the context path off the raw path: paths are matched by what comes after it, whatever a servlet's mapping. */
public final class ContextPath {

    private ContextPath() {}

    /**
     * The raw path of a request after the context path, for {@link RequestPath#parse}. One that begins otherwise, because
     * its context path is disguised by escapes or parameters, is inadmissible.
     */
    public static String remove(HttpServletRequest request) {
        @Nullable String context = request.getContextPath();
        return remove(request.getRequestURI(), context == null ? "" : context);
    }

    /** The raw context path of an admissible request, which it begins with; empty for the root. */
    public static String of(HttpServletRequest request) {
        String uri = request.getRequestURI();
        return uri.substring(0, uri.length() - remove(request).length());
    }

    static String remove(String uri, String context) {
        if (context.isEmpty()) {
            return uri;
        }
        boolean below =
                uri.startsWith(context) && (uri.length() == context.length() || uri.charAt(context.length()) == '/');
        // a disguised context path is not repaired: nothing that begins with ';' is admissible
        return below ? uri.substring(context.length()) : ";" + uri;
    }
}
