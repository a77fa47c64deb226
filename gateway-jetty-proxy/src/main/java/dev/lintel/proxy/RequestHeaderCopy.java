package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import dev.lintel.request.HeaderSelector;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head that an upstream sees: the client's fields in their order, minus those of the connection, minus those that
 * belong to the gateway; then, last and so beyond the reach of {@code Connection}, what the gateway itself says.
 */
final class RequestHeaderCopy {

    /** RFC 9110 section 10.1.4: what is said of one connection is named as an option of it. */
    private static final HttpField TE_TRAILERS = new PreEncodedHttpField(HttpHeader.TE, "trailers");

    private static final HttpField CONNECTION_TE = new PreEncodedHttpField(HttpHeader.CONNECTION, "TE");

    private final HeaderSelector owned;
    private final KnownOrigins origins = new KnownOrigins();

    RequestHeaderCopy(HeaderSelector owned) {
        this.owned = owned.or(ForwardedHeaders.FAMILY);
    }

    /** The fields that only the gateway writes. */
    HeaderSelector owned() {
        return owned;
    }

    /** The field that names a target as its host. */
    static HttpField hostOf(Target target) {
        return new PreEncodedHttpField(HttpHeader.HOST, target.authority());
    }

    /** What the head of a request is made of, apart from the client's fields. */
    record Head(Exchange exchange, Upstream upstream, HttpField targetHost, boolean hasBody) {}

    void copy(HttpServletRequest from, Head head, HttpFields.Mutable to) {
        to.clear();
        Exchange exchange = head.exchange();
        writeHost(from, head, to);
        HeaderChanges changes = exchange.requestHeaders();
        HttpFields fields = ClientConnection.fieldsOf(from);
        // asked of the request only if the container's own fields do not tell that there is nothing to ask for
        boolean mayNominate = fields == null || has(fields, HttpHeader.CONNECTION);
        List<String> nominated = mayNominate ? HopByHop.nominated(from.getHeaders("Connection")) : null;
        if (fields == null) {
            Enumeration<String> names = from.getHeaderNames();
            while (names.hasMoreElements()) {
                String name = names.nextElement();
                if (isPassed(name, nominated, changes)) {
                    copyLines(from, name, head, to);
                }
            }
        } else {
            for (int i = 0; i < fields.size(); i++) {
                HttpField field = fields.getField(i);
                if (isPassed(field.getName(), nominated, changes)) {
                    copyField(from, field, head, to);
                }
            }
        }
        if ((fields == null || has(fields, HttpHeader.TE)) && acceptsTrailers(from)) {
            to.add(TE_TRAILERS);
            to.add(CONNECTION_TE);
        }
        if (fields == null || has(fields, HttpHeader.VIA)) {
            ViaHeader.write(from, exchange, to);
        } else {
            ViaHeader.writeFirst(exchange, to);
        }
        origins.write(from, exchange, to);
        List<HeaderField> written = changes.written();
        for (int i = 0; i < written.size(); i++) {
            HeaderField field = written.get(i);
            to.add(new HttpField(field.name(), field.value()));
        }
    }

    /** Without the iterator that Jetty makes for it. */
    private static boolean has(HttpFields fields, HttpHeader header) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.getField(i).getHeader() == header) {
                return true;
            }
        }
        return false;
    }

    private boolean isPassed(String name, @Nullable List<String> nominated, HeaderChanges changes) {
        return !HopByHop.isHopByHop(name)
                && !HopByHop.contains(nominated, name)
                && !owned.matches(name)
                && !changes.hides(name);
    }

    /** One line as the container has it. */
    private static void copyField(HttpServletRequest from, HttpField field, Head head, HttpFields.Mutable to) {
        HttpHeader known = field.getHeader();
        if (known == null || known != HttpHeader.COOKIE && known != HttpHeader.EXPECT && !isOurs(known)) {
            to.add(field);
        } else if (!to.contains(known)) {
            // all of its lines at once
            copyLines(from, field.getName(), head, to);
        }
    }

    /** Whether the gateway says it in its own way. */
    private static boolean isOurs(HttpHeader known) {
        return known == HttpHeader.HOST || known == HttpHeader.VIA;
    }

    private static void copyLines(HttpServletRequest from, String name, Head head, HttpFields.Mutable to) {
        HttpHeader known = HttpHeader.CACHE.get(name);
        if (known != null && isOurs(known)) {
            return;
        }
        if (known == HttpHeader.EXPECT && !head.hasBody()) {
            // there is nothing that could wait
            return;
        }
        Enumeration<String> values = from.getHeaders(name);
        if (known == HttpHeader.COOKIE) {
            to.add(new HttpField(known, name, joined(values, "; ")));
            return;
        }
        while (values.hasMoreElements()) {
            to.add(new HttpField(known, name, values.nextElement()));
        }
    }

    /** RFC 9113 section 8.2.3: crumbs of an HTTP/2 cookie become one field again. */
    private static String joined(Enumeration<String> values, String separator) {
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return first;
        }
        StringBuilder all = new StringBuilder(first);
        while (values.hasMoreElements()) {
            all.append(separator).append(values.nextElement());
        }
        return all.toString();
    }

    private static void writeHost(HttpServletRequest from, Head head, HttpFields.Mutable to) {
        String host = switch (head.upstream().hostHeader()) {
            case TARGET -> null;
            case FIXED -> head.upstream().fixedHost();
            case PRESERVED -> hostOf(from, head.exchange());
        };
        to.add(host == null ? head.targetHost() : new HttpField(HttpHeader.HOST, host));
    }

    private static @Nullable String hostOf(HttpServletRequest from, Exchange exchange) {
        String sent = from.getHeader("Host");
        return sent != null ? sent : ForwardedHeaders.authorityOf(exchange);
    }

    /** RFC 9110 section 10.1.4: of {@code TE} only what the next hop can be asked for as well. */
    static boolean acceptsTrailers(HttpServletRequest from) {
        Enumeration<String> lines = from.getHeaders("TE");
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            int start = 0;
            while (start <= line.length()) {
                int comma = line.indexOf(',', start);
                int end = comma < 0 ? line.length() : comma;
                if (line.substring(start, end).strip().equalsIgnoreCase("trailers")) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }
}
