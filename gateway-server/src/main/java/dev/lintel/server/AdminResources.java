package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.measure.Measured;
import dev.lintel.option.Problems;
import dev.lintel.request.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * What modules add to the admin port. Pages in a browser on this machine, which anybody may have written, get nothing: a request
 * with {@code Origin} is refused, and so is, on loopback, one whose {@code Host} is a name that somebody else may have given this
 * machine.
 * Thread-safe.
 */
final class AdminResources extends Handler.Abstract {

    private static final Pattern PATH = Pattern.compile("/[a-z0-9-]{1,64}");
    private static final Set<String> RESERVED = Set.of("/health", "/ready", "/reload");

    private final Map<String, AdminResource> resources = new LinkedHashMap<>();
    private final String adminHost;
    private final Supplier<Gateway> gateway;
    private final List<Measured> measured;
    private final boolean onLoopback;

    /**
     * Makes it.
     *
     * @param given the resources that the builder was given
     * @param adminHost what the admin port listens on, by which it may be called as well
     * @param gateway what serves now
     * @param measured what the server tells about itself
     * @throws dev.lintel.option.GatewayException if a path is not one, or is there twice
     */
    AdminResources(List<AdminResource> given, String adminHost, Supplier<Gateway> gateway, List<Measured> measured) {
        this.adminHost = adminHost;
        this.gateway = gateway;
        this.measured = List.copyOf(measured);
        this.onLoopback = isLoopback(adminHost);
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

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // told when it is listened on
            return false;
        }
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
        } else if (request.getHeaders().contains(HttpHeader.ORIGIN) || !isOurs(Request.getServerName(request))) {
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
        } else {
            try {
                getServer().getThreadPool().execute(() -> answer(resource, method, request, response, callback));
            } catch (RejectedExecutionException stopping) {
                Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            }
        }
        return true;
    }

    private void answer(AdminResource resource, String method, Request request, Response response, Callback callback) {
        try (InputStream content = Content.Source.asInputStream(request)) {
            byte[] body = content.readNBytes(AdminRequest.MOST_BODY + 1);
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

    /**
     * A name that resolves to this machine today may be anybody's (DNS rebinding); an address or ours is not. Where others than
     * this machine reach the port anyway, they may call it as they like.
     */
    private boolean isOurs(String host) {
        if (!onLoopback) {
            return true;
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.equalsIgnoreCase("localhost") || bare.equalsIgnoreCase(adminHost) || IpAddress.parse(bare) != null;
    }

    private static String allowed(AdminResource resource) {
        Set<String> methods = new TreeSet<>(resource.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
