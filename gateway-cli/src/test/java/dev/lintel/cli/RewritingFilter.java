package dev.lintel.cli;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes another text into a file as soon as a server starts with it. */
public final class RewritingFilter implements Filter {

    @Override
    public void init(FilterConfig config) {
        try {
            Path file = Path.of(config.getInitParameter("file"));
            Files.writeString(file, Files.readString(Path.of(config.getInitParameter("text"))));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
