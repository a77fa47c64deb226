package dev.lintel.filters.accesslog;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request as a container would pass it on that lets everything through: every text that a client chooses is hostile. */
final class HostileRequest extends HttpServletRequestWrapper {

    private final String hostile;

    HostileRequest(HttpServletRequest request, String hostile) {
        super(request);
        this.hostile = hostile;
    }

    @Override
    public String getMethod() {
        return "GET" + hostile;
    }

    @Override
    public String getRequestURI() {
        return "/" + hostile;
    }

    @Override
    public String getQueryString() {
        return "q=" + hostile;
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1" + hostile;
    }

    @Override
    public String getRemoteAddr() {
        return "10.0.0.1" + hostile;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equals("Referer") || name.equals("User-Agent") ? name + hostile : super.getHeader(name);
    }
}
