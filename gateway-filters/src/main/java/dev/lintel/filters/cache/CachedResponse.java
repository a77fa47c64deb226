package dev.lintel.filters.cache;

import static java.util.Objects.requireNonNull;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.filter.AsyncEnding;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that is passed on as it comes, and copied if it may be kept; or that is not passed on, since what is kept is answered in
 * its place. Which of the two is found out when its body is asked for, and whether it may be kept when that begins.
 */
final class CachedResponse extends PlainResponse implements AsyncEnding {

    private final Exchange exchange;
    private final Fetch fetch;
    private final Replay replay;
    private final boolean tells;
    private final ResponseHead head = new ResponseHead();
    private final EarlierFields earlier;

    private volatile boolean open;
    private volatile boolean suspended;
    private volatile boolean completed;
    private boolean begun;
    private boolean listening;
    private int cookiesKnown;
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
        this.earlier = new EarlierFields(response, exchange.responseHeaders());
    }

    @Override
    public void leaveOpen() {
        suspended = false;
        open = true;
    }

    @Override
    public void suspend() {
        // in this order: in between, the thread that leaves would take the answer for ended
        suspended = true;
        open = false;
        fetch.askNothing();
        // what follows may not come by here
        fetch.forget();
        if (writer != null) {
            writer.flush();
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
        if (seal()) {
            earlier.restore();
            replay.send(requireNonNull(instead), tells ? told : null);
        }
    }

    @Override
    public void complete(Runnable then) {
        completed = true;
        try {
            if (seal() && !"client-gone".equals(exchange.failure())) {
                earlier.restore();
                replay.send(requireNonNull(instead), tells ? told : null, then);
                return;
            }
        } catch (IOException | IllegalStateException gone) {
            exchange.failure("client-gone");
        }
        then.run();
    }

    /** Nothing more is written; whether something else is to be answered. */
    private boolean seal() {
        if (writer != null && output != null) {
            // the container says how long it is as long as it has all of it
            output.holdFlushes();
            writer.flush();
        }
        if (!begins()) {
            return true;
        }
        // a container may put the cookie of a session there after this
        boolean session = exchange.attempts().isEmpty() && replay.request().getSession(false) != null;
        if (!session && earlier.cookiesSince().size() == cookiesKnown) {
            fetch.seal();
        }
        return false;
    }

    /** Finds out whether something else is answered, unless what is written goes to the client already; whether it is. */
    private boolean isReplaced(int status) {
        if (instead == null && !begun && !listening && !suspended && !isCommitted()) {
            instead = fetch.replacement(status, fields(), earlier);
            told = fetch.told(status);
        }
        return instead != null;
    }

    /** The body begins, or there is none: the head is complete. Whether it is passed on. */
    boolean begins() {
        if (isReplaced(getStatus())) {
            return false;
        }
        if (!begun) {
            begun = true;
            begin();
        }
        return true;
    }

    private void begin() {
        if (isCommitted() || suspended) {
            // by another way than this one, so that not all of it is known here
            fetch.forget();
            return;
        }
        copy = fetch.passOn(getStatus(), fields(), earlier);
        if (tells) {
            super.addHeader("Cache-Status", fetch.told(getStatus()));
        }
        Supplier<Map<String, String>> said = trailers;
        if (copy != null && said != null) {
            exchange.onComplete(ended -> {
                if (!said.get().isEmpty()) {
                    fetch.forget();
                }
            });
        }
    }

    /** Somebody is told when the client is ready, so that nobody else can be. */
    void listens() {
        listening = true;
    }

    /** Something of the answer could not be written. */
    void broke(Throwable failed) {
        fetch.broke(failed);
    }

    /** Where the body is copied to; null for nowhere. */
    @Nullable
    BodyCopy copy() {
        return copy;
    }

    private List<HeaderField> fields() {
        String type = super.getContentType();
        if (type != null && !head.has("Content-Type")) {
            head.add("Content-Type", type);
        }
        for (String cookie : earlier.cookiesSince()) {
            if (!head.lines("Set-Cookie").contains(cookie)) {
                head.add("Set-Cookie", cookie);
            }
        }
        cookiesKnown = earlier.cookiesSince().size();
        return head.fields();
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
        if (begun && !isCommitted()) {
            // what was found out may not be so any more
            fetch.forget();
        }
        return true;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (writer != null) {
            throw new IllegalStateException("getOutputStream: after getWriter (expected: one of them)");
        }
        return output();
    }

    private CachedOutput output() throws IOException {
        CachedOutput known = output;
        if (known == null) {
            known = new CachedOutput(this, isReplaced(getStatus()) ? null : super.getOutputStream());
            output = known;
        }
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter known = writer;
        if (known == null) {
            if (output != null) {
                throw new IllegalStateException("getWriter: after getOutputStream (expected: one of them)");
            }
            CachedOutput bytes = output();
            String charset = getCharacterEncoding();
            // as a container's writer does, which says in the head what it writes
            setCharacterEncoding(charset);
            known = new PrintWriter(new CachedWriter(bytes, charset, () -> suspended));
            writer = known;
        }
        return known;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (begins()) {
            try {
                super.flushBuffer();
            } catch (Throwable failed) {
                broke(failed);
                throw failed;
            }
        }
    }

    @Override
    public void reset() {
        if (instead == null) {
            super.reset();
            fetch.forget();
            head.clear();
            begun = false;
            earlier.cookie(false);
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
        if (!isReplaced(status)) {
            fetch.forget();
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (!isReplaced(status)) {
            fetch.forget();
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (instead == null) {
            // the container says where to in its own way
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
    public void addCookie(Cookie cookie) {
        if (changes()) {
            super.addCookie(cookie);
            earlier.cookie(true);
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
    public void setLocale(@Nullable Locale locale) {
        if (changes()) {
            super.setLocale(locale);
            head.set("Content-Type", null);
            if (locale == null) {
                head.set("Content-Language", null);
            } else if (locale.equals(super.getLocale())) {
                // some show it only once it is sent
                head.set("Content-Language", locale.toLanguageTag());
            }
        }
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
        if (begun) {
            fetch.forget();
        }
    }
}
