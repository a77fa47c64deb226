package dev.lintel.conformance.monolith;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards and includes: {@code /dispatch/forward?to=...}. */
public final class DispatchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String to = String.valueOf(request.getParameter("to"));
        boolean arrived = request.getDispatcherType() != DispatcherType.REQUEST && request.getParameter("b") != null;
        switch (arrived ? "" : String.valueOf(request.getPathInfo())) {
            case "/forward" -> {
                response.getWriter().print("lost");
                request.getRequestDispatcher(to).forward(request, response);
            }
            case "/include" -> {
                Text.write(response, "before");
                request.getRequestDispatcher(to).include(request, response);
                Text.write(response, "after");
            }
            case "/named" -> getServletContext().getNamedDispatcher(to).forward(request, response);
            case "/relative" -> request.getRequestDispatcher("target?d=4").forward(request, response);
            default ->
                Text.write(
                        response,
                        request.getDispatcherType() + " " + request.getRequestURI() + " " + request.getServletPath()
                                + " " + request.getPathInfo() + " " + request.getQueryString(),
                        Text.attributes(request, "forward"),
                        Text.attributes(request, "include"),
                        Text.parameters(request));
        }
    }
}
