package dev.lintel.filter;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A view of a response that keeps to the changes that filters made to its header fields: what they removed cannot be set
 * by the application, what they wrote cannot be replaced by it and survives a {@link #reset}, what they preset gives way to
 * it. Counts the body's bytes.
 */
public final class ExchangeResponse extends HttpServletResponseWrapper {

    private final Exchange exchange;
    private final HeaderChanges changes;
    /** The view closest to the container; null if this is it. */
    private final @Nullable ExchangeResponse innermost;

    private @Nullable CountingOutput output;
    /** The status that the client was sent, if the application has set it; negative once the client is gone. */
    private int status = 200;
    /** The one that runs the filters. */
    private final Thread thread = Thread.currentThread();

    private @Nullable PrintWriter writer;

    private ExchangeResponse(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.exchange = exchange;
        this.changes = exchange.responseHeaders();
        this.innermost = innermostBelow(response, exchange);
    }

    private static @Nullable ExchangeResponse innermostBelow(ServletResponse response, Exchange exchange) {
        ExchangeResponse found = null;
        ServletResponse below = response;
        while (below instanceof ServletResponseWrapper wrapper) {
            if (wrapper instanceof ExchangeResponse view && view.exchange == exchange) {
                found = view;
            }
            below = wrapper.getResponse();
        }
        return found;
    }

    /** The view of a response: itself if it is one already, else a new one around it. */
    public static ExchangeResponse of(HttpServletResponse response, Exchange exchange) {
        return response instanceof ExchangeResponse view && view.exchange == exchange
                ? view
                : new ExchangeResponse(response, exchange);
    }

    /** Puts a field that a filter has just written into the response below. */
    void apply(String name, String value) {
        HttpServletResponse below = below();
        if (!(below instanceof ExchangeResponse)) {
            below.setHeader(name, value);
        }
    }

    /** Puts a field that a filter has just preset into the response, unless there is one of its name. */
    void applyPreset(String name, String value) {
        HttpServletResponse container = closest().below();
        if (!container.containsHeader(name)) {
            container.setHeader(name, value);
        }
    }

    /** Puts a field that a filter has just appended into the response. */
    void applyAppended(String name, String value) {
        closest().below().addHeader(name, value);
    }

    private ExchangeResponse closest() {
        ExchangeResponse view = innermost;
        return view == null ? this : view;
    }

    /** Puts what filters wrote so far into the response below. Called before the chain goes on, and after a reset. */
    public void applyWritten() {
        HttpServletResponse below = below();
        if (below instanceof ExchangeResponse) {
            return;
        }
        for (int i = 0; i < changes.written().size(); i++) {
            HeaderField field = changes.written().get(i);
            if (i == firstOf(field.name())) {
                below.setHeader(field.name(), field.value());
            } else {
                below.addHeader(field.name(), field.value());
            }
        }
    }

    /**
     * The response below, for whoever counts bytes and keeps to the header changes itself, as the proxy does.
     *
     * @return what this view is around, with all further views of the same exchange taken off
     */
    public HttpServletResponse unwrapped() {
        return below() instanceof ExchangeResponse view ? view.unwrapped() : below();
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (!changes.hides(name) || changes.wrote(name, value)) {
            replace(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!changes.hides(name) || changes.wrote(name, value)) {
            if (innermost == null && changes.giveWay(name)) {
                replace(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }

    /** Sets a field, and writes again what was appended to those of its name. */
    private void replace(String name, @Nullable String value) {
        super.setHeader(name, value);
        if (innermost == null) {
            var unused = changes.giveWay(name);
            for (int i = 0; i < changes.appended().size(); i++) {
                HeaderField field = changes.appended().get(i);
                if (field.name().equalsIgnoreCase(name)) {
                    super.addHeader(field.name(), field.value());
                }
            }
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
        if (!changes.hides(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!changes.hides(name)) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (!changes.hides("Content-Type") || changes.wrote("Content-Type", type)) {
            super.setContentType(type);
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (!changes.hides("Content-Length")) {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void setLocale(Locale locale) {
        // it is the only way in which the application could bring the field back; the encoding that goes with it goes
        // too
        if (!changes.hides("Content-Language")) {
            super.setLocale(locale);
        }
    }

    @Override
    public void addCookie(Cookie cookie) {
        if (!changes.hides("Set-Cookie")) {
            super.addCookie(cookie);
        }
    }

    @Override
    public void reset() {
        super.reset();
        status = status < 0 ? status : 200;
        output = null;
        writer = null;
        exchange.addResponseBytes(-exchange.responseBytes());
        if (innermost == null) {
            changes.restorePresets();
            for (HeaderField field : changes.presets()) {
                applyPreset(field.name(), field.value());
            }
            for (HeaderField field : changes.appended()) {
                applyAppended(field.name(), field.value());
            }
        }
        applyWritten();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            // bytes are counted once, by the innermost view
            output = new CountingOutput(super.getOutputStream(), innermost != null ? null : exchange, this);
        }
        return output;
    }

    @Override
    public void flushBuffer() throws IOException {
        try {
            super.flushBuffer();
        } catch (IOException | NullPointerException failed) {
            gone();
            throw failed;
        }
    }

    /** Called when a write has failed. */
    void gone() {
        if (innermost == null && status >= 0 && GoneClient.noted(exchange, getResponse(), thread, status)) {
            status = -1;
        }
    }

    @Override
    public void setStatus(int code) {
        if (status >= 0 && !isCommitted()) {
            status = code;
        }
        super.setStatus(code);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            if (innermost != null) {
                writer = super.getWriter();
            } else {
                // the container's writer decides the charset; ours counts what it encodes
                PrintWriter theirs = super.getWriter();
                writer = new CountingWriter(theirs, charset(), exchange, this);
            }
        }
        return writer;
    }

    private Charset charset() {
        return Charset.forName(getCharacterEncoding());
    }

    private HttpServletResponse below() {
        return (HttpServletResponse) getResponse();
    }

    private int firstOf(String name) {
        for (int i = 0; i < changes.written().size(); i++) {
            if (changes.written().get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
