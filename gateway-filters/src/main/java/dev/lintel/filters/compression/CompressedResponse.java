package dev.lintel.filters.compression;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.filter.AsyncEnding;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response that is coded if what it says when its body begins allows that. Fields that hold of the uncoded body only are kept
 * back until then. What it writes below when it codes is committed at once, so that no error page can come behind these fields.
 */
final class CompressedResponse extends HttpServletResponseWrapper implements AsyncEnding {

    private enum Coding {
        UNDECIDED,
        PLAIN,
        GZIP
    }

    private final Exchange exchange;
    private final CompressionOptions options;
    private final AcceptEncoding accepted;
    private final HeldFields held = new HeldFields();
    private volatile Coding coding = Coding.UNDECIDED;
    private volatile boolean open;
    private volatile boolean completed;
    private volatile boolean suspended;
    private boolean varies;
    private boolean applied;
    private boolean failed;
    private @Nullable CompressedOutput output;
    private @Nullable PrintWriter writer;

    CompressedResponse(
            HttpServletResponse response, Exchange exchange, CompressionOptions options, AcceptEncoding accepted) {
        super(response);
        this.exchange = exchange;
        this.options = options;
        this.accepted = accepted;
    }

    /** The end comes by {@link #complete}. */
    @Override
    public void leaveOpen() {
        resume();
        open = true;
    }

    /** A dispatch follows, of whose end this may not be told: until it is, nothing is kept back or coded that has not begun. */
    @Override
    public void suspend() {
        // in this order: in between, the thread that leaves would take the answer for ended
        suspended = true;
        open = false;
        if (!held.isEmpty()) {
            leavePlain();
        }
    }

    /** It is told. */
    void resume() {
        if (suspended) {
            suspended = false;
            if (isUndecided() && HeldFields.NAMES.stream().anyMatch(super::containsHeader)) {
                leavePlain();
            }
        }
    }

    /** Whether the end comes later, or has come. */
    boolean isLeftOpen() {
        return open || completed || suspended;
    }

    /** Ends the answer of a synchronous request. */
    void finish() throws IOException {
        if (failed) {
            return;
        }
        PrintWriter text = writer;
        CompressedOutput bytes = output;
        if (text != null) {
            text.close();
        } else if (bytes != null) {
            bytes.end();
        } else {
            leavePlain();
        }
    }

    /** Ends the answer of an asynchronous request, as far as it is whole, and then has that completed, if a little later. */
    @Override
    public void complete(Runnable then) {
        completed = true;
        String failure = exchange.failure();
        if (failed || failure != null && !failure.equals("timeout")) {
            then.run();
            return;
        }
        CompressedOutput bytes = output;
        try {
            if (bytes == null || writer != null) {
                finish();
            } else if (!bytes.endThen(then)) {
                return;
            }
        } catch (IOException gone) {
            exchange.failure("client-gone");
        }
        then.run();
    }

    /** Whether the body is coded; decided when this is asked first. */
    boolean codes() {
        if (coding == Coding.UNDECIDED) {
            coding = mayCode() ? Coding.GZIP : Coding.PLAIN;
            if (coding == Coding.PLAIN) {
                apply();
            }
        }
        return coding == Coding.GZIP;
    }

    boolean isUndecided() {
        return coding == Coding.UNDECIDED;
    }

    /** There is no body to be coded. */
    void leavePlain() {
        if (isUndecided()) {
            // what it says of those that have one holds all the same
            varies = mayVary();
            coding = Coding.PLAIN;
            apply();
        }
    }

    private boolean mayCode() {
        varies = mayVary();
        long length = held.length();
        boolean enough = length < 0 || length >= options.minSize() || !accepted.identity();
        return varies && accepted.gzip() && enough && length != 0 && hasBody() && !suspended;
    }

    private boolean hasBody() {
        return getStatus() != 304 && !exchange.method().equals("HEAD");
    }

    /** Whether it is coded for some clients; a 304 says so too (RFC 9110 section 15.4.5), though it may not tell its type. */
    private boolean mayVary() {
        int status = getStatus();
        String type = type();
        return !isCommitted()
                && exchange.rejection() == null
                && status >= 200
                && status != 204
                && status != 205
                && status != 206
                && (type == null ? status == 304 : options.admits(type))
                && !says("Content-Encoding", "")
                && !says("Content-Range", "")
                && !says("Cache-Control", "no-transform");
    }

    private @Nullable String type() {
        String type = super.getContentType();
        return type != null ? type : super.getHeader("Content-Type");
    }

    /** Whether a field has a member of that name, or any at all if that is empty. */
    private boolean says(String name, String member) {
        for (String line : super.getHeaders(name)) {
            for (String each : line.split(",", -1)) {
                if (member.isEmpty() || each.strip().equalsIgnoreCase(member)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Writes the head below; whether it could still be. */
    boolean apply() {
        if (applied) {
            return true;
        }
        applied = true;
        if (super.isCommitted()) {
            held.clear();
            return false;
        }
        boolean coded = coding == Coding.GZIP;
        for (HeaderField field : coded ? held.ofCoded() : held.all()) {
            super.addHeader(field.name(), field.value());
        }
        held.clear();
        if (coded) {
            super.setHeader("Content-Encoding", "gzip");
        }
        if (varies && !says("Vary", "Accept-Encoding") && !says("Vary", "*")) {
            super.addHeader("Vary", "Accept-Encoding");
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

    private CompressedOutput output() throws IOException {
        CompressedOutput known = output;
        if (known == null) {
            CompressedOutput made = new CompressedOutput(this, super.getOutputStream(), getBufferSize());
            exchange.onComplete(ended -> made.abandon());
            output = made;
            known = made;
        }
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            if (output != null) {
                throw new IllegalStateException("getWriter: after getOutputStream (expected: one of them)");
            }
            String charset = getCharacterEncoding();
            // as a container's writer does, which says in the head what it writes
            setCharacterEncoding(charset);
            writer = new PrintWriter(new OutputStreamWriter(output(), charset));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        PrintWriter text = writer;
        if (text != null) {
            text.flush();
        } else if (output != null) {
            output.flush();
        } else {
            codes();
            apply();
            super.flushBuffer();
        }
    }

    @Override
    public void reset() {
        super.reset();
        forget();
        held.clear();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        CompressedOutput bytes = output;
        if (bytes != null) {
            bytes.takeBack(writer);
        }
        if (!applied) {
            coding = Coding.UNDECIDED;
            varies = false;
        }
    }

    private void forget() {
        if (output != null) {
            output.abandon();
        }
        output = null;
        writer = null;
        coding = Coding.UNDECIDED;
        varies = false;
        applied = false;
    }

    @Override
    public void sendError(int status) throws IOException {
        giveUp();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        giveUp();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        giveUp();
        super.sendRedirect(location);
    }

    /** The container answers. */
    private void giveUp() {
        if (!super.isCommitted()) {
            if (applied && coding == Coding.GZIP) {
                // not every container can take a single field back
                super.reset();
            }
            failed = true;
            coding = Coding.PLAIN;
            applied = true;
            held.clear();
            if (output != null) {
                output.abandon();
            }
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isHeld(name)) {
            held.set(name, value);
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isHeld(name)) {
            held.add(name, value);
        } else {
            super.addHeader(name, value);
        }
    }

    private boolean isHeld(String name) {
        return !applied && !suspended && HeldFields.holds(name);
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
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (applied) {
            if (coding != Coding.GZIP) {
                super.setContentLengthLong(length);
            }
        } else {
            setHeader("Content-Length", length < 0 ? null : Long.toString(length));
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return held.value(name) != null || super.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        String value = held.value(name);
        return value != null ? value : super.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return Stream.concat(super.getHeaders(name).stream(), held.values(name).stream())
                .toList();
    }

    @Override
    public Collection<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>(super.getHeaderNames());
        held.all().forEach(field -> names.add(field.name()));
        return names;
    }
}
