package dev.lintel.conformance.monolith;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application's own page about an error. */
public final class ErrorPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Text.write(
                response,
                "error page " + request.getDispatcherType() + " "
                        + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE),
                request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) + " "
                        + request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE) + " "
                        + request.getAttribute(RequestDispatcher.ERROR_MESSAGE),
                request.getMethod() + " " + request.getRequestURI() + " " + request.getHeader("X-User-ID"));
    }
}
