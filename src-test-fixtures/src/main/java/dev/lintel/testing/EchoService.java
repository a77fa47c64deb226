package dev.lintel.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small service that answers 200 with JSON about who answered and what it received:
 *
 * <pre>{@code
 * {"service":"orders","instance":"2","method":"GET","target":"/a?b=c","path":"/a","query":"b=c",
 *  "headers":[["Host","x"]],"body":""}
 * }</pre>
 *
 * <p>Query is null without a question mark; the body is read as ISO-8859-1. Thread-safe.
 */
public final class EchoService implements AutoCloseable {

    private final ScriptedUpstream upstream;

    private EchoService(ScriptedUpstream upstream) {
        this.upstream = upstream;
    }

    /** Starts an instance of a service on a free port. */
    public static EchoService start(String service, String instance) {
        return new EchoService(ScriptedUpstream.start(
                request -> Answer.ok(describe(service, instance, request), "Content-Type: application/json")));
    }

    private static String describe(String service, String instance, ReceivedRequest request) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("service", service);
        told.put("instance", instance);
        told.put("method", request.method());
        told.put("target", request.target());
        told.put("path", request.path());
        told.put("query", request.query());
        List<List<String>> headers = new ArrayList<>();
        for (String line : request.headerLines()) {
            int colon = line.indexOf(':');
            headers.add(
                    List.of(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        told.put("headers", headers);
        told.put("body", new String(request.body(), StandardCharsets.ISO_8859_1));
        return Json.of(told);
    }

    /** The port it listens on. */
    public int port() {
        return upstream.port();
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return upstream.url();
    }

    /** What answers: to see the requests byte by byte, or to make it fail. */
    public ScriptedUpstream upstream() {
        return upstream;
    }

    @Override
    public void close() {
        upstream.close();
    }
}
