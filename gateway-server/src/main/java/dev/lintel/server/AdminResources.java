package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.measure.Measured;
import dev.lintel.option.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * What modules add to the admin port; {@link BrowserPages} get nothing. However many ask at once, and however slowly, there are threads
 * left to tell that the server lives. Thread-safe.
 */
final class AdminResources extends Handler.Abstract {

    private static final Pattern PATH = Pattern.compile("/[a-z0-9-]{1,64}");
    /** Half of the threads of the admin port; whoever asks beyond that is told to come again. */
    private static final int AT_ONCE = 4;

    private static final Set<String> RESERVED = Set.of("/health", "/ready", "/reload");

    private final Map<String, AdminResource> resources = new LinkedHashMap<>();
    private final BrowserPages pages;
    private final Duration bodyTimeout;
    private final Supplier<Gateway> gateway;
    private final List<Measured> measured;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /**
     * Makes it.
     *
     * @param given the resources that the builder was given
     * @param pages whom nothing is answered
     * @param bodyTimeout how long a body may take
     * @param gateway what serves now
     * @param measured what the server tells about itself
     * @throws dev.lintel.option.GatewayException if a path is not one, or is there twice
     */
    AdminResources(
            List<AdminResource> given,
            BrowserPages pages,
            Duration bodyTimeout,
            Supplier<Gateway> gateway,
            List<Measured> measured) {
        this.pages = pages;
        this.bodyTimeout = bodyTimeout;
        this.gateway = gateway;
        this.measured = List.copyOf(measured);
        Problems problems = new Problems();
        for (AdminResource resource : given) {
            String path = resource.path();
            boolean free = PATH.matcher(path).matches()
                    && !RESERVED.contains(path)
                    && resources.putIfAbsent(path, resource) == null;
            problems.require(free, "adminResource", path, "a path such as /limits, each once");
        }
        problems.throwIfAny("server");
        // what was given goes before what is found
        ServiceLoader.load(AdminResource.class, AdminResources.class.getClassLoader())
                .forEach(found -> resources.putIfAbsent(found.path(), found));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        AdminResource resource =
                resources.get(String.valueOf(request.getHttpURI().getPath()));
        if (resource == null) {
            return false;
        }
        boolean head = request.getMethod().equals("HEAD");
        String method = head ? "GET" : request.getMethod();
        if (!resource.methods().contains(method)) {
            response.getHeaders().put(HttpHeader.ALLOW, allowed(resource));
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        } else if (pages.mayHaveMade(request)) {
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
        } else if (!turns.tryAcquire()) {
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        } else {
            try {
                getServer().getThreadPool().execute(() -> {
                    try {
                        answer(resource, method, request, response, callback);
                    } finally {
                        turns.release();
                    }
                });
            } catch (RejectedExecutionException stopping) {
                turns.release();
                Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            }
        }
        return true;
    }

    private void answer(AdminResource resource, String method, Request request, Response response, Callback callback) {
        try {
            byte[] body = BoundedBody.read(request, bodyTimeout, getServer().getScheduler());
            if (body.length > AdminRequest.MOST_BODY) {
                Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
                return;
            }
            write(resource.answer(asked(method, body, request)), request, response, callback);
        } catch (IOException malformed) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
        } catch (Throwable failed) {
            Response.writeError(request, response, callback, failed);
        }
    }

    private AdminRequest asked(String method, byte[] body, Request request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            parameters.put(field.getName(), List.copyOf(field.getValues()));
        }
        String text = method.equals("POST") ? new String(body, StandardCharsets.UTF_8) : "";
        return new AdminRequest(method, parameters, text, gateway.get(), measured);
    }

    private static void write(AdminAnswer answer, Request request, Response response, Callback callback) {
        byte[] bytes = answer.bytes();
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, request.getMethod().equals("HEAD") ? null : ByteBuffer.wrap(bytes), callback);
    }

    private static String allowed(AdminResource resource) {
        Set<String> methods = new TreeSet<>(resource.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
