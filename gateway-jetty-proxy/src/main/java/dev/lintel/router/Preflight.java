package dev.lintel.router;

import jakarta.servlet.http.HttpServletRequest;

/** A CORS preflight is matched by the method that it asks for (Fetch standard, CORS protocol). */
final class Preflight {

    private Preflight() {}

    /** The method to match by: the request's own, or for a preflight the one asked for. */
    static String methodToMatch(HttpServletRequest request) {
        String method = request.getMethod();
        if (!method.equals("OPTIONS") || request.getHeader("Origin") == null) {
            return method;
        }
        String asked = request.getHeader("Access-Control-Request-Method");
        return asked == null ? method : asked;
    }
}
