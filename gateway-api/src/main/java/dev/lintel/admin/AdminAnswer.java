package dev.lintel.admin;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * What an {@link AdminResource} answers. Immutable and thread-safe.
 *
 * @param status 200 to 599
 * @param contentType of the body
 * @param body the whole body
 */
public record AdminAnswer(int status, String contentType, String body) {

    /** Checks the status. */
    public AdminAnswer {
        requireNonNull(contentType, "contentType");
        requireNonNull(body, "body");
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
    }

    /** JSON (RFC 8259). */
    public static AdminAnswer json(int status, String json) {
        return new AdminAnswer(status, "application/json", json);
    }

    /** Plain text. */
    public static AdminAnswer text(int status, String text) {
        return new AdminAnswer(status, "text/plain; charset=utf-8", text);
    }

    /** The body in UTF-8. */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
