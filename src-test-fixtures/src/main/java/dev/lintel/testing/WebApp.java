package dev.lintel.testing;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One web application in a real container on a free port of 127.0.0.1.
 *
 * <pre>{@code
 * try (WebApp app = WebApp.on(Container.TOMCAT_10)
 *         .filter(FilterSetup.of("jwt", new JwtAuthFilter()).param("issuer", "...").patterns("/api/*"))
 *         .serve("/api/*", (request, response) -> response.getWriter().print("hello"))
 *         .start()) {
 *     RawClient.exchange(app.port(), RawRequest.get("/api/x"));
 * }
 * }</pre>
 *
 * <p>What answers where nothing is mapped is the container's own default servlet (404), behind the filters. Thread-safe.
 */
public final class WebApp implements AutoCloseable {

    private final RunningContainer running;
    private final String contextPath;

    private WebApp(RunningContainer running, String contextPath) {
        this.running = running;
        this.contextPath = contextPath;
    }

    /** Begins an application for that container. */
    public static Builder on(Container container) {
        return new Builder(container);
    }

    /** The port it listens on. */
    public int port() {
        return running.port();
    }

    /** {@code http://127.0.0.1:port} and the context path. */
    public String url() {
        return "http://127.0.0.1:" + port() + contextPath;
    }

    /** Stops the container; filters and servlets are destroyed when it returns. */
    @Override
    public void close() {
        running.close();
    }

    /** What an application is made of. Filters act in the order in which they are added. Not thread-safe. */
    public static final class Builder {

        final Map<String, String> contextParams = new LinkedHashMap<>();
        final Map<String, Object> attributes = new LinkedHashMap<>();
        final List<FilterSetup> filters = new ArrayList<>();
        final List<ServletSetup> servlets = new ArrayList<>();
        String contextPath = "";
        boolean encodedSlashes;

        @Nullable
        String webXml;

        @Nullable
        Path files;

        private final Container container;

        private Builder(Container container) {
            this.container = container;
        }

        /** The context path, such as {@code /app}; the root unless given. */
        public Builder contextPath(String path) {
            contextPath = path;
            return this;
        }

        /** Has the container hand on what both refuse by themselves otherwise: an encoded slash in a path. */
        public Builder lettingEncodedSlashesIn() {
            encodedSlashes = true;
            return this;
        }

        /** Adds a context-param. */
        public Builder contextParam(String key, String value) {
            contextParams.put(key, value);
            return this;
        }

        /** Sets an attribute of the servlet context before anything is initialised. */
        public Builder attribute(String name, Object value) {
            attributes.put(name, value);
            return this;
        }

        /** Adds a filter for every path, for REQUEST dispatches, with {@code async-supported}. */
        public Builder filter(String name, Filter filter) {
            return filter(FilterSetup.of(name, filter));
        }

        /** Adds a filter. */
        public Builder filter(FilterSetup setup) {
            filters.add(setup);
            return this;
        }

        /** Adds a servlet. */
        public Builder servlet(ServletSetup setup) {
            servlets.add(setup);
            return this;
        }

        /** Adds a servlet for that pattern, with {@code async-supported}. */
        public Builder serve(String urlPattern, ServletSetup.Body body) {
            return servlet(ServletSetup.of("serve " + urlPattern, body).patterns(urlPattern));
        }

        /**
         * Makes it a web application with that deployment descriptor, parsed by the container as it would be in a WAR.
         * What is added in code comes after it.
         */
        public Builder webXml(String text) {
            webXml = text;
            return this;
        }

        /**
         * Makes it the web application in that directory, with {@code WEB-INF/web.xml} and everything else; classes come
         * from the class path of the tests.
         */
        public Builder directory(Path directory) {
            files = directory;
            try {
                return webXml(Files.readString(directory.resolve("WEB-INF/web.xml")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Starts the container.
         *
         * @throws IllegalStateException if the application does not start, with what a filter or servlet threw as the
         *     cause of it or of its causes
         */
        public WebApp start() {
            RunningContainer running = switch (container) {
                case JETTY_EE10 -> JettyContainer.start(this);
                case TOMCAT_10 -> TomcatContainer.start(this);
            };
            return new WebApp(running, contextPath);
        }

        void register(ServletContext context) {
            contextParams.forEach(context::setInitParameter);
            attributes.forEach(context::setAttribute);
            filters.forEach(setup -> setup.register(context));
            servlets.forEach(setup -> setup.register(context));
        }
    }
}
