package dev.lintel.conformance.monolith;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;

/** Tells what it can find out about a request. */
public final class AboutServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Cookie[] cookies = request.getCookies();
        Text.write(
                response,
                request.getMethod() + " " + request.getRequestURI() + " ? " + request.getQueryString(),
                request.getRequestURL().toString(),
                request.getContextPath() + "|" + request.getServletPath() + "|" + request.getPathInfo(),
                request.getScheme() + " " + request.getServerName() + " " + request.getServerPort() + " "
                        + request.isSecure() + " " + request.getProtocol() + " " + request.getRemoteAddr(),
                request.getHttpServletMapping().getMappingMatch() + " "
                        + request.getHttpServletMapping().getPattern(),
                request.getDispatcherType() + " async " + request.isAsyncSupported(),
                request.getContentType() + " " + request.getContentLengthLong() + " " + request.getCharacterEncoding(),
                Collections.list(request.getLocales()) + " " + request.getRemoteUser() + " "
                        + request.isUserInRole("admin") + " " + request.getAuthType(),
                cookies == null
                        ? "no cookies"
                        : Arrays.stream(cookies)
                                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                                .toList()
                                .toString(),
                Collections.list(request.getHeaders("X-Twice")) + " " + request.getHeader("x-twice") + " "
                        + request.getIntHeader("X-Number") + " " + request.getDateHeader("If-Modified-Since"),
                Text.parameters(request));
    }
}
