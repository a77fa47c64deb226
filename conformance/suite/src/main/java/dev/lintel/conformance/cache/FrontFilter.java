package dev.lintel.conformance.cache;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A filter of somebody's in front of the cache, which says its part before the application does; requests tell which by {@code X-Front}. */
final class FrontFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final AtomicInteger cookies = new AtomicInteger();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (String.valueOf(request.getHeader("X-Front"))) {
            case "cookie" -> response.addCookie(new Cookie("front", "number" + cookies.incrementAndGet()));
            case "session" -> request.getSession().setAttribute("front", "yes");
            case "private", "no-store" -> response.setHeader("Cache-Control", request.getHeader("X-Front"));
            case "expires" -> response.setDateHeader("Expires", 0);
            case "vary" -> response.addHeader("Vary", "Accept-Language");
            case "field" -> response.setHeader("X-Frame-Options", "DENY");
            default -> {
                // says nothing
            }
        }
        chain.doFilter(request, response);
    }
}
