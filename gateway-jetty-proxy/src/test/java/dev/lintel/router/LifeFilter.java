package dev.lintel.router;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs answers, and counts how often it was initialised and destroyed. */
final class LifeFilter implements Filter {

    final AtomicInteger initialised = new AtomicInteger();
    final AtomicInteger destroyed = new AtomicInteger();
    private final String name;
    private final boolean broken;

    private LifeFilter(String name, boolean broken) {
        this.name = name;
        this.broken = broken;
    }

    static LifeFilter named(String name) {
        return new LifeFilter(name, false);
    }

    static LifeFilter broken(String message) {
        return new LifeFilter(message, true);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        initialised.incrementAndGet();
        if (broken) {
            throw new ServletException(name);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response).addHeader("X-Filter", name);
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {
        destroyed.incrementAndGet();
    }
}
