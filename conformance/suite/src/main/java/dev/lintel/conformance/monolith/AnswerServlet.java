package dev.lintel.conformance.monolith;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Answers in the way that the path says. */
public final class AnswerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/redirect" -> response.sendRedirect("elsewhere?a=1");
            case "/redirect-root" -> response.sendRedirect("/about/x");
            case "/redirect-away" -> response.sendRedirect("https://example.com/x");
            case "/cookies" -> {
                Cookie cookie = new Cookie("a", "1");
                cookie.setHttpOnly(true);
                cookie.setPath("/x");
                cookie.setMaxAge(0);
                response.addCookie(cookie);
                response.addCookie(new Cookie("b", "2"));
                response.addHeader("Set-Cookie", "c=\"3\"; SameSite=Lax");
                Text.write(response, "cookies");
            }
            case "/locale" -> {
                response.setLocale(Locale.GERMANY);
                response.setContentType("text/plain;charset=ISO-8859-1");
                response.getWriter().print("gr\u00fcn");
            }
            case "/reset" -> {
                response.setHeader("X-Gone", "1");
                response.getWriter().print("gone");
                response.reset();
                response.setStatus(202);
                Text.write(response, "after reset");
            }
            case "/reset-buffer" -> {
                response.setHeader("X-Kept", "1");
                response.getOutputStream().print("gone");
                response.resetBuffer();
                response.getOutputStream().print("after");
            }
            case "/flushed" -> {
                response.setBufferSize(16 << 10);
                response.getOutputStream().print("first");
                response.flushBuffer();
                response.setHeader("X-Late", "1");
                response.setStatus(500);
                response.getOutputStream().print("second " + response.isCommitted());
            }
            case "/large" ->
                response.getOutputStream().write("x".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
            case "/length" -> {
                response.setContentLength(5);
                response.getOutputStream().print("12345");
            }
            case "/headers" -> {
                response.addHeader("X-Many", "a");
                response.addHeader("X-Many", "b, c");
                response.setIntHeader("X-Int", 7);
                response.setDateHeader("Last-Modified", 1_000_000_000_000L);
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("X-Empty", "");
                Text.write(response, response.getHeaders("X-Many") + " " + response.getHeader("X-Int"));
            }
            case "/trailers" -> {
                response.setTrailerFields(() -> Map.of("X-Sum", "42"));
                response.getOutputStream().print("body");
                response.flushBuffer();
            }
            case "/nothing" -> response.setStatus(204);
            default -> response.setStatus(299);
        }
    }

    @Override
    protected long getLastModified(HttpServletRequest request) {
        return "/dated".equals(request.getPathInfo()) ? 1_000_000_000_000L : -1;
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int length = request.getInputStream().readAllBytes().length;
        response.setStatus(201);
        response.setHeader("Location", "/answer/" + length);
    }
}
