package dev.lintel.conformance.monolith;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;

/** Plain text about a request, in an order that does not depend on the container. */
final class Text {

    private Text() {}

    /** Writes lines of UTF-8. */
    static void write(HttpServletResponse response, String... lines) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        for (String line : lines) {
            response.getWriter().println(line);
        }
    }

    /** All parameters with their values in order. */
    static String parameters(HttpServletRequest request) {
        TreeMap<String, String> all = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> all.put(name, Arrays.toString(values)));
        return all.toString();
    }

    /** The attributes that a dispatch has set, of one family. */
    static String attributes(HttpServletRequest request, String family) {
        StringBuilder text = new StringBuilder(family);
        for (String name : new String[] {"request_uri", "context_path", "servlet_path", "path_info", "query_string"}) {
            text.append(' ').append(request.getAttribute("jakarta.servlet." + family + "." + name));
        }
        return text.toString();
    }
}
