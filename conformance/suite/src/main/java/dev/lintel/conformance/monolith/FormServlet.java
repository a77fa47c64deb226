package dev.lintel.conformance.monolith;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Reads what was posted: as parameters, or below {@code /form/reader} and {@code /form/stream} as it is. */
public final class FormServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String how = String.valueOf(request.getPathInfo());
        switch (how) {
            case "/reader" ->
                Text.write(response, request.getReader().lines().collect(Collectors.joining("|")), rest(request));
            case "/stream" ->
                Text.write(
                        response,
                        new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                        rest(request));
            case "/trailers" -> {
                request.getInputStream().readAllBytes();
                Text.write(response, request.isTrailerFieldsReady() + " " + request.getTrailerFields());
            }
            case "/unread" -> Text.write(response, "not read");
            default -> {
                request.setCharacterEncoding("UTF-8");
                Text.write(response, Text.parameters(request), "a: " + request.getParameter("a"));
            }
        }
    }

    /** Parameters of the query alone, since the body is read already. */
    private static String rest(HttpServletRequest request) {
        return Text.parameters(request);
    }
}
