package dev.lintel.demo;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/** Three small services that answer who they are and what they received: users, products, and orders twice. */
final class DemoServices implements AutoCloseable {

    private final List<LocalServer> running = new ArrayList<>();
    private final String users;
    private final List<String> orders;
    private final String products;

    private DemoServices(Ports ports) {
        try {
            this.users = start(ports.users(), "users", 1);
            this.orders = List.of(start(ports.firstOrders(), "orders", 1), start(ports.secondOrders(), "orders", 2));
            this.products = start(ports.products(), "products", 1);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    static DemoServices start(Ports ports) {
        return new DemoServices(ports);
    }

    String users() {
        return users;
    }

    List<String> orders() {
        return orders;
    }

    String products() {
        return products;
    }

    @Override
    public void close() {
        running.forEach(LocalServer::close);
    }

    private String start(int port, String service, int instance) {
        LocalServer server = LocalServer.start(
                port,
                request -> new LocalServer.Answer(
                        200,
                        "application/json",
                        JSONObjectUtils.toJSONString(describe(service, instance, request)) + "\n"));
        running.add(server);
        return server.url();
    }

    private static Map<String, Object> describe(String service, int instance, Request request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(field.getValue());
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("service", service);
        told.put("instance", instance);
        told.put("method", request.getMethod());
        told.put("path", request.getHttpURI().getPath());
        told.put("query", request.getHttpURI().getQuery());
        told.put("headers", headers);
        return told;
    }
}
