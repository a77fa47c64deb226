package dev.lintel.testing;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The application behind the filter in a {@link FilterContract}: one servlet for each thing that an application may do. */
final class ContractApp implements AutoCloseable {

    static final String CONTEXT = "/app";
    static final int OWN_STATUS = 418;

    /** What a servlet saw when it was called: how it was reached, and all header fields. */
    record Call(String servlet, DispatcherType dispatch, Map<String, List<String>> headers) {}

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              %s
              <error-page><location>/error</location></error-page>
            </web-app>
            """;

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private final ExecutorService background = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "contract-app");
        thread.setDaemon(true);
        return thread;
    });
    private final WebApp.Builder building;
    private @Nullable WebApp app;

    private ContractApp(Container container, String descriptor) {
        building = WebApp.on(container)
                .contextPath(CONTEXT)
                .webXml(WEB_XML.formatted(descriptor))
                .filter("outermost", new ThrownRecorder());
    }

    static ContractApp on(Container container) {
        return new ContractApp(container, "");
    }

    /** With elements of its own in {@code web.xml}. */
    static ContractApp on(Container container, String descriptor) {
        return new ContractApp(container, descriptor);
    }

    /** The elements of a {@code web.xml} for one filter of that class, for every path. */
    static String filterElements(Class<? extends Filter> type, Map<String, String> initParams) {
        StringBuilder xml = new StringBuilder("<filter><filter-name>tested</filter-name><filter-class>")
                .append(type.getName())
                .append("</filter-class><async-supported>true</async-supported>");
        initParams.forEach((name, value) -> xml.append("<init-param><param-name>")
                .append(escaped(name))
                .append("</param-name><param-value>")
                .append(escaped(value))
                .append("</param-value></init-param>"));
        return xml.append("</filter><filter-mapping><filter-name>tested</filter-name>")
                .append("<url-pattern>/*</url-pattern></filter-mapping>")
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    ContractApp contextParams(Map<String, String> params) {
        params.forEach(building::contextParam);
        return this;
    }

    ContractApp filter(FilterSetup setup) {
        building.filter(setup);
        return this;
    }

    ContractApp start() {
        serve("sync", (request, response) -> response.getWriter().print("sync"));
        serve("async", (request, response) -> completeLater(request.startAsync(request, response), response));
        serve("async-bare", (request, response) -> completeLater(request.startAsync(), response));
        serve("timeout", (request, response) -> {
            AsyncContext context = request.startAsync(request, response);
            context.addListener(new AnswerTimeout());
            context.setTimeout(50);
        });
        serve(
                "timeout-unheard",
                (request, response) -> request.startAsync(request, response).setTimeout(50));
        serve(
                "dispatch",
                (request, response) -> request.startAsync(request, response).dispatch("/sync"));
        serve(
                "dispatch-throws",
                (request, response) -> request.startAsync(request, response).dispatch("/throws"));
        serve("throws", (request, response) -> {
            throw new PlannedException();
        });
        serve("throws-checked", (request, response) -> {
            throw new ServletException("planned");
        });
        serve("throws-async", (request, response) -> {
            // Tomcat ends such a request at once, Jetty when its time is up
            request.startAsync(request, response).setTimeout(50);
            throw new PlannedException();
        });
        serve("committed", (request, response) -> {
            response.getWriter().print("first ");
            response.flushBuffer();
            response.getWriter().print("second");
        });
        serve("committed-throws", (request, response) -> {
            response.setContentLength(100);
            response.getWriter().print("first ");
            response.flushBuffer();
            throw new PlannedException();
        });
        serve(
                "forward",
                (request, response) -> request.getRequestDispatcher("/sync").forward(request, response));
        serve(
                "include",
                (request, response) -> request.getRequestDispatcher("/sync").include(request, response));
        serve("send-error", (request, response) -> response.sendError(OWN_STATUS));
        serve("error", (request, response) -> response.getWriter().print("error page"));
        serve("reset", (request, response) -> {
            response.setHeader("X-Taken-Back", "1");
            response.getWriter().print("taken back");
            response.reset();
            response.getWriter().print("reset");
        });
        app = building.start();
        return this;
    }

    int port() {
        if (app == null) {
            throw new IllegalStateException("application: not started (expected: start before use)");
        }
        return app.port();
    }

    /** All calls of servlets so far, in order. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What came out of the filters on its way to the container, in order. */
    List<Throwable> thrown() {
        return List.copyOf(thrown);
    }

    @Override
    public void close() {
        if (app != null) {
            app.close();
        }
        background.shutdownNow();
    }

    /** What servlets of this application throw. */
    static final class PlannedException extends RuntimeException {
        PlannedException() {
            super("planned");
        }
    }

    private void serve(String name, ServletSetup.Body body) {
        building.serve("/" + name, (request, response) -> {
            calls.add(new Call(name, request.getDispatcherType(), headersOf(request)));
            response.setHeader("X-Servlet", name);
            body.serve(request, response);
        });
    }

    private void completeLater(AsyncContext context, HttpServletResponse response) {
        background.execute(() -> {
            try {
                response.getWriter().print("async");
            } catch (IOException gone) {
                // the client sees a response without its body, and the test fails there
            } finally {
                context.complete();
            }
        });
    }

    private static Map<String, List<String>> headersOf(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private final class ThrownRecorder implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            try {
                chain.doFilter(request, response);
            } catch (IOException | ServletException | RuntimeException passing) {
                thrown.add(passing);
                throw passing;
            }
        }
    }

    private static final class AnswerTimeout implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            HttpServletResponse response =
                    (HttpServletResponse) event.getAsyncContext().getResponse();
            response.setStatus(OWN_STATUS);
            response.getWriter().print("too late");
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
