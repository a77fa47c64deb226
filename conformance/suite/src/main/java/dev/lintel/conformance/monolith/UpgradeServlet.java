package dev.lintel.conformance.monolith;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Goes on in a protocol of its own, in which the server says one line and hangs up. */
public final class UpgradeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setStatus(101);
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Upgrade", request.getHeader("Upgrade"));
        request.upgrade(Line.class);
    }

    /** Public for the container, which makes one. */
    public static final class Line implements HttpUpgradeHandler {

        @Override
        public void init(WebConnection connection) {
            try {
                connection.getOutputStream().write("in another protocol\n".getBytes(StandardCharsets.US_ASCII));
                connection.getOutputStream().flush();
                connection.close();
            } catch (Exception e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        @Override
        public void destroy() {}
    }
}
