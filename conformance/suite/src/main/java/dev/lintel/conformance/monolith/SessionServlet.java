package dev.lintel.conformance.monolith;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Counts visits in a session; {@code ?renew}, {@code ?end}. */
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("end") != null) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            Text.write(response, "ended " + (session != null));
            return;
        }
        HttpSession session = request.getSession();
        if (request.getParameter("renew") != null) {
            request.changeSessionId();
        }
        int visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
        session.setAttribute("visits", visits);
        Text.write(
                response,
                "visit " + visits + " new " + session.isNew(),
                "by cookie " + request.isRequestedSessionIdFromCookie() + ", by URL "
                        + request.isRequestedSessionIdFromURL() + ", valid " + request.isRequestedSessionIdValid(),
                response.encodeURL("/session"));
    }
}
