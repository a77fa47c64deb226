package dev.lintel.filters.cache;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;

/**
 * A request of which nobody can tell whether it has a body, as over HTTP/2 without {@code Content-Length}: whoever looks for one may answer
 * by it, and what is answered by a body is nobody else's. Confined to its request.
 */
final class BodyWatch extends HttpServletRequestWrapper {

    private final Runnable looked;

    private BodyWatch(HttpServletRequest request, Runnable looked) {
        super(request);
        this.looked = looked;
    }

    /** The request, watched if need be; what goes to an upstream is counted there. */
    static HttpServletRequest over(HttpServletRequest request, Exchange exchange, Runnable looked) {
        boolean told = exchange.protocol().startsWith("HTTP/1") || request.getHeader("Content-Length") != null;
        boolean counted = exchange.route() != null && exchange.route().destination() instanceof Destination.ToUpstream;
        return told || counted ? request : new BodyWatch(request, looked);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        looked.run();
        return super.getInputStream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        looked.run();
        return super.getReader();
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        looked.run();
        return super.getParts();
    }

    @Override
    public Part getPart(String name) throws IOException, ServletException {
        looked.run();
        return super.getPart(name);
    }
}
