package dev.lintel.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as a {@link ScriptedUpstream} received it, byte by byte. Its head never changes; its body grows while it
 * arrives. Thread-safe.
 */
public final class ReceivedRequest {

    private enum Stage {
        ARRIVING,
        COMPLETE,
        CUT_SHORT,
        NOT_READ
    }

    private final Changes changes;
    private final MessageHead head;
    private final int connection;
    private final BodyFraming framing;
    private final BodyRecord body = new BodyRecord();
    private volatile HeaderLines trailers = HeaderLines.NONE;
    private volatile Stage stage = Stage.ARRIVING;
    private volatile @Nullable PeerClose aborted;

    ReceivedRequest(Changes changes, MessageHead head, int connection, BodyFraming framing) {
        this.changes = changes;
        this.head = head;
        this.connection = connection;
        this.framing = framing;
    }

    /** The first line, without its line end. */
    public String requestLine() {
        return head.startLine();
    }

    /** The method, as sent. */
    public String method() {
        return head.startLine().substring(0, head.startLine().indexOf(' '));
    }

    /** The request target, as sent. */
    public String target() {
        String line = head.startLine();
        return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }

    /** The target up to its first question mark. */
    public String path() {
        int mark = target().indexOf('?');
        return mark < 0 ? target() : target().substring(0, mark);
    }

    /** What follows the first question mark of the target; null if there is none. */
    public @Nullable String query() {
        int mark = target().indexOf('?');
        return mark < 0 ? null : target().substring(mark + 1);
    }

    /** Request line, header lines and the empty line, as received. */
    public String rawHead() {
        return head.raw();
    }

    /** The header lines in order, each verbatim. */
    public List<String> headerLines() {
        return head.headers().lines();
    }

    /** The values of all header lines of that name, in order; empty if there is none. */
    public List<String> headers(String name) {
        return head.headers().values(name);
    }

    /**
     * The value of the only header line of that name.
     *
     * @throws AssertionError if there is none or more than one
     */
    public String header(String name) {
        return head.headers().one(name);
    }

    /** Whether there is a header line of that name. */
    public boolean hasHeader(String name) {
        return head.headers().has(name);
    }

    /** How the end of the body is marked. */
    public BodyFraming framing() {
        return framing;
    }

    /**
     * What has arrived of the body.
     *
     * @throws AssertionError if it is longer than the 4 MiB that are kept
     */
    public byte[] body() {
        return body.bytes();
    }

    /** What has arrived of the body, as UTF-8. */
    public String bodyText() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    /** How many bytes of the body have arrived. */
    public long bodyLength() {
        return body.length();
    }

    /** The SHA-256 of what has arrived of the body, in lower-case hexadecimal. */
    public String bodySha256() {
        return body.sha256();
    }

    /** The trailer lines in order, each verbatim; empty before the request is complete. */
    public List<String> trailerLines() {
        return trailers.lines();
    }

    /** Whether the request has arrived whole. */
    public boolean complete() {
        return stage == Stage.COMPLETE;
    }

    /** The number of the connection it came on, from 0 in the order of their acceptance. */
    public int connection() {
        return connection;
    }

    /** Waits until the request has arrived whole, was cut short, or is not going to be read. */
    public ReceivedRequest awaitEnd() {
        changes.await("end of request", Patience.DEFAULT, this::ended, this::toString);
        return this;
    }

    /** Waits until that much of the body has arrived. */
    public ReceivedRequest awaitBodyLength(long length) {
        changes.await(length + " bytes of the body", Patience.DEFAULT, () -> body.length() >= length, this::toString);
        return this;
    }

    /** Waits until the peer has left before this request was answered, and tells how it did. */
    public PeerClose awaitAborted() {
        changes.await("abort by the peer", Patience.DEFAULT, () -> aborted != null, this::toString);
        PeerClose how = aborted;
        if (how == null) {
            throw new IllegalStateException("aborted: null (expected: never reset)");
        }
        return how;
    }

    /** How the peer left before this request was answered; null if it has not. */
    public @Nullable PeerClose aborted() {
        return aborted;
    }

    boolean ended() {
        return stage != Stage.ARRIVING;
    }

    boolean lists(String header, String member) {
        return head.headers().lists(header, member);
    }

    BodyRecord record() {
        return body;
    }

    MessageHead head() {
        return head;
    }

    void completed(HeaderLines trailerLines) {
        changes.make(() -> {
            trailers = trailerLines;
            stage = Stage.COMPLETE;
        });
    }

    void leftUnread() {
        changes.make(() -> stage = Stage.NOT_READ);
    }

    void abortedBy(PeerClose how) {
        changes.make(() -> {
            aborted = how;
            if (stage == Stage.ARRIVING) {
                stage = Stage.CUT_SHORT;
            }
        });
    }

    @Override
    public String toString() {
        return "[" + stage + (aborted == null ? "" : ", aborted " + aborted) + "] " + head.raw() + body.preview();
    }
}
