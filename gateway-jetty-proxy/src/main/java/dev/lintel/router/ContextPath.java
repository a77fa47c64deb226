package dev.lintel.router;

import jakarta.servlet.http.HttpServletRequest;

/** Takes the context path off the raw path: routes match what comes after it, whatever the servlet's mapping. */
final class ContextPath {

    private ContextPath() {}

    /** The raw path after the context path; one that begins otherwise is left whole, and then matches what it says. */
    static String remove(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        if (context.isEmpty()) {
            return uri;
        }
        boolean below =
                uri.startsWith(context) && (uri.length() == context.length() || uri.charAt(context.length()) == '/');
        // a disguised context path (encoded, with parameters) is not repaired: ';' makes the path inadmissible
        return below ? uri.substring(context.length()) : ";" + uri;
    }
}
