package dev.lintel.explain;

import dev.lintel.HeaderField;
import dev.lintel.request.Authority;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A described request as the code sees it that serves requests. It has a head and nothing else; what it is made to remember goes with
 * it. Confined to its explanation.
 */
public final class DescribedRequest extends BareRequest {

    private final RequestDescription description;
    private final @Nullable Authority named;

    /** A view of a description. */
    public DescribedRequest(RequestDescription description) {
        this.description = description;
        List<String> hosts = description.values("Host");
        this.named = hosts.size() == 1 ? Authority.parse(hosts.get(0)) : null;
    }

    @Override
    public String getMethod() {
        return description.method();
    }

    @Override
    public String getRequestURI() {
        return description.path();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(getScheme())
                .append("://")
                .append(named == null ? "" : named)
                .append(getRequestURI());
    }

    @Override
    public @Nullable String getQueryString() {
        return description.query();
    }

    @Override
    public String getProtocol() {
        return description.protocol();
    }

    @Override
    public String getScheme() {
        return description.secure() ? "https" : "http";
    }

    @Override
    public boolean isSecure() {
        return description.secure();
    }

    /** As a server tells it: what the request says, or nothing. */
    @Override
    public String getServerName() {
        return named == null ? "" : named.host();
    }

    @Override
    public int getServerPort() {
        return named == null || named.port() < 0 ? isSecure() ? 443 : 80 : named.port();
    }

    @Override
    public String getRemoteAddr() {
        return description.peer();
    }

    @Override
    public String getRemoteHost() {
        return description.peer();
    }

    @Override
    public int getRemotePort() {
        return 0;
    }

    @Override
    public String getLocalName() {
        return "localhost";
    }

    @Override
    public String getLocalAddr() {
        return "127.0.0.1";
    }

    @Override
    public int getLocalPort() {
        return getServerPort();
    }

    @Override
    public @Nullable String getHeader(String name) {
        for (HeaderField field : description.headers()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(description.values(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> names = new LinkedHashSet<>();
        for (HeaderField field : description.headers()) {
            if (folded.add(field.name())) {
                names.add(field.name());
            }
        }
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        String value = getHeader(name);
        if (value == null) {
            return -1;
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(name + ": not shown (expected: a date)", malformed);
        }
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    /** -1 also for what is no length, which no request that is admitted has. */
    @Override
    public long getContentLengthLong() {
        String value = getHeader("Content-Length");
        try {
            return value == null ? -1 : Long.parseLong(value.strip());
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }
}
