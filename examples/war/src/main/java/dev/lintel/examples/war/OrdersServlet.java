package dev.lintel.examples.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Tells callers who they are, as the fields of their requests say, and which other fields of that kind it has seen. */
public final class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .println("orders of " + request.getHeader("X-User-ID") + ", " + request.getHeader("X-User-Role"));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (name.regionMatches(true, 0, "X", 0, 1)) {
                response.getWriter().println(name + ": " + Collections.list(request.getHeaders(name)));
            }
        }
    }
}
