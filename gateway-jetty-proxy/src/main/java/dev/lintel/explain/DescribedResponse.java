package dev.lintel.explain;

import dev.lintel.HeaderField;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A response that goes nowhere: its head is kept, of its body only the length. Confined to its explanation. */
public final class DescribedResponse implements HttpServletResponse {

    private final List<HeaderField> fields = new ArrayList<>();
    private int status = SC_OK;
    private boolean answered;
    private long bodyLength;

    /** A response of which nothing is written. */
    public DescribedResponse() {}

    /** Whether a status was set or anything of a body written. */
    public boolean isAnswered() {
        return answered;
    }

    /** The fields in the order in which they were written. */
    public List<HeaderField> fields() {
        return List.copyOf(fields);
    }

    /** How many bytes of a body were written. */
    public long bodyLength() {
        return bodyLength;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int code) {
        status = code;
        answered = true;
    }

    @Override
    public void sendError(int code, String message) {
        setStatus(code);
    }

    @Override
    public void sendError(int code) {
        setStatus(code);
    }

    @Override
    public void sendRedirect(String location) {
        setStatus(SC_FOUND);
        setHeader("Location", location);
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
        addHeader(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (value != null) {
            fields.add(new HeaderField(name, value));
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, "(a date)");
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, "(a date)");
    }

    @Override
    public @Nullable String getHeader(String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    @Override
    public Collection<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>();
        for (HeaderField field : fields) {
            names.add(field.name());
        }
        return names;
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", cookie.getName() + "=...");
    }

    @Override
    public void setContentType(@Nullable String type) {
        setHeader("Content-Type", type);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        setHeader("Content-Length", Long.toString(length));
    }

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // what is written goes nowhere
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Nowhere();
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(new Nowhere(), false, StandardCharsets.UTF_8);
    }

    @Override
    public void setBufferSize(int size) {
        // what is written goes nowhere
    }

    @Override
    public int getBufferSize() {
        return 0;
    }

    @Override
    public void flushBuffer() {
        answered = true;
    }

    @Override
    public void resetBuffer() {
        bodyLength = 0;
    }

    /** Never, so that whoever refuses can. */
    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void reset() {
        fields.clear();
        status = SC_OK;
        answered = false;
        bodyLength = 0;
    }

    @Override
    public void setLocale(Locale locale) {
        setHeader("Content-Language", locale.toLanguageTag());
    }

    @Override
    public Locale getLocale() {
        return Locale.ROOT;
    }

    @Override
    public String encodeURL(String url) {
        return url;
    }

    @Override
    public String encodeRedirectURL(String url) {
        return url;
    }

    /** Counts. */
    private final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int one) {
            bodyLength++;
            answered = true;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            bodyLength += length;
            answered = true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("asynchronous: no (expected: a response that is sent)");
        }
    }
}
