package dev.lintel.config;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A filter such as somebody else writes; says in the response what it was told. */
public final class OwnFilter implements Filter {
    private volatile String level = "";

    @Override
    public void init(FilterConfig config) {
        level = String.valueOf(config.getInitParameter("level"));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response).setHeader("X-Level", level);
        chain.doFilter(request, response);
    }
}
