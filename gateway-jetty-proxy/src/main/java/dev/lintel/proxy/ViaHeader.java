package dev.lintel.proxy;

import dev.lintel.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * {@code Via} under a pseudonym (RFC 9110 section 7.6.3), so that no host name is told, with a mark of this process by which
 * it knows its own entries again.
 */
final class ViaHeader {

    /** A service may call another through the same gateway and pass the field on; a loop does it without end. */
    private static final int MOST_PASSES = 4;

    private static final String MARK =
            "lintel (" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + ")";

    /** What nearly every request gets. */
    private static final HttpField FIRST = new PreEncodedHttpField(HttpHeader.VIA, "1.1 " + MARK);

    private ViaHeader() {}

    /** Whether a request has come through here too often. */
    static boolean isLoop(HttpServletRequest request) {
        int passes = 0;
        Enumeration<String> lines = request.getHeaders("Via");
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            for (int at = line.indexOf(MARK); at >= 0; at = line.indexOf(MARK, at + MARK.length())) {
                passes++;
            }
        }
        return passes >= MOST_PASSES;
    }

    static void write(HttpServletRequest from, Exchange exchange, HttpFields.Mutable to) {
        Enumeration<String> lines = from.getHeaders("Via");
        if (!lines.hasMoreElements()) {
            writeFirst(exchange, to);
            return;
        }
        StringBuilder via = new StringBuilder(64);
        while (lines.hasMoreElements()) {
            via.append(lines.nextElement()).append(", ");
        }
        via.append(version(exchange.protocol())).append(' ').append(MARK);
        to.add(new HttpField(HttpHeader.VIA, via.toString()));
    }

    /** The same for a request without the field. */
    static void writeFirst(Exchange exchange, HttpFields.Mutable to) {
        String protocol = exchange.protocol();
        to.add(protocol.equals("HTTP/1.1") ? FIRST : new HttpField(HttpHeader.VIA, version(protocol) + ' ' + MARK));
    }

    private static String version(String protocol) {
        String version = protocol.startsWith("HTTP/") ? protocol.substring(5) : protocol;
        return version.equals("2.0") ? "2" : version;
    }
}
