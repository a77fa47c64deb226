package dev.lintel.server;

import dev.lintel.https.LiveTls;
import dev.lintel.option.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the admin port says, in JSON. */
final class AdminAnswers {

    private AdminAnswers() {}

    static byte[] status(String status) {
        return bytes(new StringBuilder("{\"status\":\"").append(status).append("\"}"));
    }

    /** How the server is, and which changes it has not taken over, which keeps nobody from being served. */
    static byte[] readiness(String status, Reloads.@Nullable Failure reload, LiveTls.@Nullable Failure tls) {
        StringBuilder json = new StringBuilder("{\"status\":\"").append(status).append('"');
        if (reload != null) {
            failed("reload", reload.at(), reload.problems(), json);
        }
        if (tls != null) {
            failed("tls", tls.at(), tls.problems(), json);
        }
        return bytes(json.append('}'));
    }

    private static void failed(String what, Instant at, List<Problem> problems, StringBuilder json) {
        json.append(",\"").append(what).append("\":{\"failed\":\"").append(at).append("\",");
        problems(problems, json);
        json.append('}');
    }

    static byte[] failure(List<Problem> problems) {
        StringBuilder json = new StringBuilder("{\"status\":\"failed\",");
        problems(problems, json);
        return bytes(json.append('}'));
    }

    private static void problems(List<Problem> problems, StringBuilder json) {
        json.append("\"problems\":[");
        String before = "";
        for (Problem problem : problems) {
            json.append(before);
            text(problem.toString(), json);
            before = ",";
        }
        json.append(']');
    }

    /** RFC 8259 section 7, in ASCII alone. */
    private static void text(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && c < 127) {
                json.append(c);
            } else {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
        json.append('"');
    }

    private static byte[] bytes(StringBuilder json) {
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
