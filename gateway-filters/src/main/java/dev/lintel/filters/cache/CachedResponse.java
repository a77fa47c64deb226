package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.filter.AsyncEnding;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that is passed on as it comes, and copied if it may be kept; or that is not passed on, since what is kept is answered in
 * its place. Which of the two is decided when its body begins or it ends.
 */
final class CachedResponse extends HttpServletResponseWrapper implements AsyncEnding {

    private final Exchange exchange;
    private final Fetch fetch;
    private final Replay replay;
    private final boolean tells;
    private final ResponseHead head = new ResponseHead();
    /** What others have put there before, and would be gone with an answer that is dropped. */
    private final List<HeaderField> before = new ArrayList<>();

    private boolean decided;
    private volatile boolean open;
    private volatile boolean suspended;
    private volatile boolean completed;
    private String told = "";
    private @Nullable StoredResponse instead;
    private @Nullable BodyCopy copy;
    private @Nullable CachedOutput output;
    private @Nullable PrintWriter writer;
    private @Nullable Supplier<Map<String, String>> trailers;

    CachedResponse(HttpServletResponse response, Exchange exchange, Fetch fetch, Replay replay, boolean tells) {
        super(response);
        this.exchange = exchange;
        this.fetch = fetch;
        this.replay = replay;
        this.tells = tells;
        for (String name : response.getHeaderNames()) {
            response.getHeaders(name).forEach(value -> before.add(new HeaderField(name, value)));
        }
    }

    @Override
    public void leaveOpen() {
        suspended = false;
        open = true;
    }

    @Override
    public void suspend() {
        open = false;
        suspended = true;
        fetch.askNothing();
        if (!decided) {
            // what follows may not come by here
            fetch.forget();
        }
    }

    /** What follows comes by here. */
    void resume() {
        suspended = false;
    }

    /** Whether the end comes later, or has come. */
    boolean isLeftOpen() {
        return open || completed || suspended;
    }

    /** Ends the answer of a synchronous request. */
    void finish() throws IOException {
        decide();
        if (instead != null) {
            clear();
            replay.send(instead, tells ? told : null);
        } else if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void complete(Runnable then) {
        completed = true;
        try {
            decide();
            if (instead != null && !"client-gone".equals(exchange.failure())) {
                clear();
                replay.send(instead, tells ? told : null, then);
                return;
            }
            if (writer != null) {
                writer.flush();
            }
        } catch (IOException gone) {
            exchange.failure("client-gone");
        }
        then.run();
    }

    /** Finds out what is answered, when the head is complete. */
    private void decide() {
        if (!decided) {
            decide(getStatus());
        }
    }

    private void decide(int status) {
        decided = true;
        if (isCommitted() || suspended) {
            // by another way than this one, so that not all of it is known here
            fetch.forget();
            return;
        }
        List<HeaderField> fields = fields();
        instead = fetch.replacement(status, fields);
        told = fetch.told(status);
        if (instead == null) {
            copy = fetch.passOn(status, fields);
            told = fetch.told(status);
            if (tells) {
                super.addHeader("Cache-Status", told);
            }
            if (copy != null && trailers != null) {
                Supplier<Map<String, String>> said = trailers;
                exchange.onComplete(ended -> forgetIf(!said.get().isEmpty()));
            }
        }
    }

    private void forgetIf(boolean trailing) {
        if (trailing) {
            fetch.forget();
        }
    }

    private List<HeaderField> fields() {
        String type = super.getContentType();
        if (type != null && !head.has("Content-Type")) {
            head.add("Content-Type", type);
        }
        return head.fields();
    }

    /** Drops what was said below, save what others said before. */
    private void clear() {
        super.reset();
        for (HeaderField field : before) {
            if (!super.containsHeader(field.name())) {
                super.setHeader(field.name(), field.value());
            } else if (!super.getHeaders(field.name()).contains(field.value())) {
                super.addHeader(field.name(), field.value());
            }
        }
    }

    /**
     * Something is about to change in the head.
     *
     * @return whether it changes what is answered
     */
    private boolean changes() {
        if (instead != null) {
            return false;
        }
        if (decided && !isCommitted()) {
            // what was decided by may not be so any more
            fetch.forget();
        }
        return true;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        decide();
        if (writer != null) {
            throw new IllegalStateException("getOutputStream: after getWriter (expected: one of them)");
        }
        if (instead == null && copy == null) {
            return super.getOutputStream();
        }
        return output();
    }

    private CachedOutput output() throws IOException {
        CachedOutput known = output;
        if (known == null) {
            known = new CachedOutput(instead == null ? super.getOutputStream() : null, copy);
            output = known;
        }
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        decide();
        if (writer == null) {
            if (instead == null && copy == null) {
                return super.getWriter();
            }
            if (output != null) {
                throw new IllegalStateException("getWriter: after getOutputStream (expected: one of them)");
            }
            String charset = getCharacterEncoding();
            if (instead == null) {
                // as a container's writer does, which says in the head what it writes
                super.setCharacterEncoding(charset);
            }
            writer = new PrintWriter(new OutputStreamWriter(output(), charset));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        decide();
        if (writer != null) {
            writer.flush();
        }
        if (instead == null) {
            super.flushBuffer();
        }
    }

    @Override
    public void reset() {
        if (instead == null) {
            super.reset();
            fetch.forget();
            head.clear();
            decided = false;
            output = null;
            writer = null;
            copy = null;
            trailers = null;
        }
    }

    @Override
    public void resetBuffer() {
        if (instead == null) {
            super.resetBuffer();
            if (output != null) {
                output.mute(true);
                if (writer != null) {
                    writer.flush();
                }
                output.mute(false);
            }
            fetch.forget();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (isErrorOfOthers(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (isErrorOfOthers(status)) {
            super.sendError(status, message);
        }
    }

    /** Whether the container is to answer an error itself. */
    private boolean isErrorOfOthers(int status) {
        if (!decided && !isCommitted()) {
            decided = true;
            instead = fetch.replacement(status, List.of());
            told = fetch.told(status);
        }
        fetch.forget();
        return instead == null;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (instead == null) {
            // the container says where to in its own way
            decided = true;
            fetch.forget();
            super.sendRedirect(location);
        }
    }

    @Override
    public void setStatus(int status) {
        if (changes()) {
            super.setStatus(status);
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (changes()) {
            head.set(name, value);
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (changes()) {
            head.add(name, value);
            super.addHeader(name, value);
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
        setHeader(name, HttpDate.format(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, HttpDate.format(date));
    }

    @Override
    public void addCookie(Cookie cookie) {
        if (changes()) {
            super.addCookie(cookie);
            head.add("Set-Cookie", cookie.getName() + "=" + cookie.getValue());
        }
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (changes()) {
            super.setContentType(type);
            head.set("Content-Type", null);
        }
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        if (changes()) {
            super.setCharacterEncoding(charset);
            head.set("Content-Type", null);
        }
    }

    @Override
    public void setLocale(Locale locale) {
        if (changes()) {
            super.setLocale(locale);
            head.set("Content-Type", null);
            head.set("Content-Language", super.getHeader("Content-Language"));
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (changes()) {
            super.setContentLengthLong(length);
            head.set("Content-Length", length < 0 ? null : Long.toString(length));
        }
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        super.setTrailerFields(supplier);
        trailers = supplier;
        if (decided) {
            fetch.forget();
        }
    }
}
