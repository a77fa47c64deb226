package dev.lintel.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A client's wish to go on as a WebSocket connection (RFC 6455 section 4), the only other protocol that is passed on. Whoever
 * accepts it proves that it has understood: an answer without that proof could be one that a client talked the upstream into,
 * and what follows it requests of the client's own making.
 *
 * @param key the client's {@code Sec-WebSocket-Key}
 */
record WebSocketHandshake(String key) {

    /** RFC 6455 section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;

    /** Whether a request wishes it; only with HTTP/1.1, and only with {@code GET}. Anything else has the field ignored. */
    static boolean isAsked(HttpServletRequest request) {
        String protocol = request.getHeader("Upgrade");
        return protocol != null
                && protocol.equalsIgnoreCase("websocket")
                && request.getProtocol().equals("HTTP/1.1")
                && request.getMethod().equals("GET")
                && HopByHop.contains(HopByHop.nominated(request.getHeaders("Connection")), "Upgrade");
    }

    /** The handshake of a request that wishes it; null if it is not one that could succeed. */
    static @Nullable WebSocketHandshake of(HttpServletRequest request) {
        String key = single(request.getHeaders("Sec-WebSocket-Key"));
        boolean versioned = single(request.getHeaders("Sec-WebSocket-Version")) != null;
        boolean bodiless = request.getContentLengthLong() <= 0
                && request.getHeader("Transfer-Encoding") == null
                && request.getHeader("Expect") == null;
        boolean lasting = !isClosing(request.getHeaders("Connection"));
        return key != null && versioned && bodiless && lasting && isKey(key) ? new WebSocketHandshake(key) : null;
    }

    private static boolean isClosing(Enumeration<String> lines) {
        while (lines.hasMoreElements()) {
            if (HttpField.contains(lines.nextElement(), "close")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String single(Enumeration<String> lines) {
        String first = lines.hasMoreElements() ? lines.nextElement() : null;
        return lines.hasMoreElements() ? null : first;
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Whether an answer accepts it (RFC 6455 section 4.2.2), and says nothing that does not go with it. */
    boolean isAcceptedBy(Response answer) {
        HttpFields fields = answer.getHeaders();
        return answer.getVersion() == HttpVersion.HTTP_1_1
                && "websocket".equalsIgnoreCase(single(fields, "Upgrade"))
                && "upgrade".equalsIgnoreCase(single(fields, "Connection"))
                && accept().equals(single(fields, "Sec-WebSocket-Accept"))
                && !fields.contains(HttpHeader.CONTENT_LENGTH)
                && !fields.contains(HttpHeader.TRANSFER_ENCODING);
    }

    private static @Nullable String single(HttpFields fields, String name) {
        List<String> lines = fields.getValuesList(name);
        return lines.size() == 1 ? lines.get(0) : null;
    }

    private String accept() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("SHA-1: none (expected: in every JDK)", never);
        }
    }

    /** Asks the next hop for it. */
    static void writeRequest(HttpFields.Mutable to) {
        to.add(HttpHeader.CONNECTION, "Upgrade");
        to.add(HttpHeader.UPGRADE, "websocket");
    }
}
