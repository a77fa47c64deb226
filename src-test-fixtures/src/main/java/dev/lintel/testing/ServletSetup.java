package dev.lintel.testing;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a servlet is registered in a {@link WebApp}: at start, for {@code /*} and with {@code async-supported}, unless
 * told otherwise. Changed by its methods, then given to one {@link WebApp}.
 */
public final class ServletSetup {

    private final String name;
    private final @Nullable Servlet instance;
    private final @Nullable Class<? extends Servlet> type;
    private final Map<String, String> params = new LinkedHashMap<>();
    private String[] patterns = {"/*"};
    private boolean async = true;

    private ServletSetup(String name, @Nullable Servlet instance, @Nullable Class<? extends Servlet> type) {
        this.name = name;
        this.instance = instance;
        this.type = type;
    }

    /** What a servlet does with any method. */
    @FunctionalInterface
    public interface Body {
        /** Answers the request. */
        void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** That servlet, under that name. */
    public static ServletSetup of(String name, Servlet instance) {
        return new ServletSetup(name, instance, null);
    }

    /** A servlet that the container makes of that class. */
    public static ServletSetup of(String name, Class<? extends Servlet> type) {
        return new ServletSetup(name, null, type);
    }

    /** A servlet that does that with any method. */
    public static ServletSetup of(String name, Body body) {
        return of(name, new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                body.serve(request, response);
            }
        });
    }

    /** Adds an init-param. */
    public ServletSetup param(String key, String value) {
        params.put(key, value);
        return this;
    }

    /** The URL patterns, in place of {@code /*}. */
    public ServletSetup patterns(String... urlPatterns) {
        patterns = urlPatterns;
        return this;
    }

    /** Leaves {@code async-supported} out. */
    public ServletSetup withoutAsync() {
        async = false;
        return this;
    }

    void register(ServletContext context) {
        ServletRegistration.Dynamic registration =
                instance != null ? context.addServlet(name, instance) : context.addServlet(name, type);
        if (registration == null) {
            throw new IllegalArgumentException("servlet name: " + name + " (expected: used once)");
        }
        registration.setInitParameters(params);
        registration.setAsyncSupported(async);
        registration.setLoadOnStartup(1);
        if (!registration.addMapping(patterns).isEmpty()) {
            throw new IllegalArgumentException(
                    "patterns: " + String.join(", ", patterns) + " (expected: not mapped by another servlet)");
        }
    }
}
