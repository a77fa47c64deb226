package dev.lintel.conformance.monolith;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Fails in the way that the path says. */
public final class FailingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.addHeader("X-Before", "error");
        switch (String.valueOf(request.getPathInfo())) {
            case "/status" -> response.sendError(404, "by the application");
            case "/unmapped" -> response.sendError(410, "no page for this");
            case "/plain" -> response.setStatus(404);
            case "/io" -> throw new IOException("read error");
            case "/wrapped" -> throw new ServletException("outer", new IllegalArgumentException("inner"));
            case "/unavailable" -> throw new UnavailableException("for a while", 1);
            case "/late" -> {
                response.getWriter().print("gone");
                throw new IllegalArgumentException("after the first byte was written");
            }
            default -> throw new IllegalArgumentException("thrown");
        }
    }
}
