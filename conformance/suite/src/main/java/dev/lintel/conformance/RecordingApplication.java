package dev.lintel.conformance;

import dev.lintel.conformance.Seen.Field;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An application that remembers what it was asked, and answers as the upstream of the rows does. Thread-safe. */
final class RecordingApplication extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    void forget() {
        seen.clear();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String line = request.getMethod() + " " + request.getRequestURI() + query;
        List<Field> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> fields.add(new Field(name, value)));
        }
        byte[] body;
        try {
            boolean hasty = request.getRequestURI().startsWith("/early/");
            body = hasty ? new byte[0] : request.getInputStream().readAllBytes();
        } catch (IOException cutShort) {
            seen.add(new Seen(line, fields, "", false));
            throw cutShort;
        }
        Seen whole = new Seen(line, fields, new String(body, StandardCharsets.ISO_8859_1), true);
        seen.add(whole);
        for (String header : GatewayUnderTest.answerHeaders(whole)) {
            int colon = header.indexOf(": ");
            response.setHeader(header.substring(0, colon), header.substring(colon + 2));
        }
        byte[] answer = GatewayUnderTest.answerBody(line).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(answer.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(answer);
        }
    }
}
