package dev.lintel.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response as it was on the wire, read strictly by {@link RawClient}. Immutable. */
public final class RawResponse {

    private final MessageHead head;
    private final List<RawResponse> interim;
    private final BodyFraming framing;
    private final BodyRecord body;
    private final HeaderLines trailers;
    private final boolean complete;
    private final @Nullable PeerClose closedBy;

    RawResponse(
            MessageHead head,
            List<RawResponse> interim,
            BodyFraming framing,
            BodyRecord body,
            HeaderLines trailers,
            boolean complete,
            @Nullable PeerClose closedBy) {
        this.head = head;
        this.interim = List.copyOf(interim);
        this.framing = framing;
        this.body = body;
        this.trailers = trailers;
        this.complete = complete;
        this.closedBy = closedBy;
    }

    /** The first line, without its line end. */
    public String statusLine() {
        return head.startLine();
    }

    /** The status code. */
    public int status() {
        return Integer.parseInt(head.startLine().substring(9, 12));
    }

    /** The text after the status code, possibly empty. */
    public String reason() {
        return head.startLine().substring(13);
    }

    /** Status line, header lines and the empty line, as received. */
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

    /** The 1xx responses that came before this one. */
    public List<RawResponse> interim() {
        return interim;
    }

    /** How the end of the body was marked. */
    public BodyFraming framing() {
        return framing;
    }

    /**
     * The body without its framing.
     *
     * @throws AssertionError if it was longer than the 4 MiB that are kept
     */
    public byte[] body() {
        return body.bytes();
    }

    /** The body as UTF-8. */
    public String bodyText() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    /** The length of the body in bytes, however long it was. */
    public long bodyLength() {
        return body.length();
    }

    /** The SHA-256 of the body in lower-case hexadecimal, however long it was. */
    public String bodySha256() {
        return body.sha256();
    }

    /** The trailer lines in order, each verbatim. */
    public List<String> trailerLines() {
        return trailers.lines();
    }

    /**
     * Whether the body ended as its framing says. A body that lasts until the connection is closed is complete after
     * a FIN only.
     */
    public boolean complete() {
        return complete;
    }

    /** How the peer ended the connection while the response was read; null if it did not. */
    public @Nullable PeerClose closedBy() {
        return closedBy;
    }

    @Override
    public String toString() {
        return (complete ? "" : "[cut short, " + closedBy + "] ") + head.raw() + body.preview();
    }
}
