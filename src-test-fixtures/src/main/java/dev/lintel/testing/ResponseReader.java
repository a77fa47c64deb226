package dev.lintel.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads responses off a connection. For one thread at a time. */
final class ResponseReader {

    private final WireReader wire;

    ResponseReader(WireReader wire) {
        this.wire = wire;
    }

    /** Reads a whole response, or as much of it as there is if its body is cut short. */
    RawResponse response(boolean toHead, Patience patience) throws IOException {
        List<RawResponse> interim = new ArrayList<>();
        MessageHead head = finalHead(interim, patience);
        BodyFraming framing = framing(head, toHead);
        BodyRecord record = new BodyRecord();
        HeaderLines trailers = HeaderLines.NONE;
        PeerClose closedBy = null;
        boolean complete = true;
        try {
            BodyReader body = new BodyReader(wire, record);
            switch (framing) {
                case LENGTH -> body.fixed(head.contentLength(), patience);
                case CHUNKED -> trailers = body.chunked(patience);
                case UNTIL_CLOSE -> {
                    closedBy = body.untilClose(patience);
                    complete = closedBy == PeerClose.FIN;
                }
                case NONE, TUNNEL -> {
                    // nothing to read
                }
            }
        } catch (CutShort e) {
            complete = false;
            closedBy = e.close();
        }
        return new RawResponse(head, interim, framing, record, trailers, complete, closedBy);
    }

    /** Reads interim responses and the head of the final one. */
    RawResponse head(boolean toHead, Patience patience) throws IOException {
        List<RawResponse> interim = new ArrayList<>();
        MessageHead head = finalHead(interim, patience);
        return of(head, interim, framing(head, toHead), null);
    }

    /** Reads the next chunk; an empty one is the last, whose trailer section is read as well. */
    byte[] chunk(Patience patience) throws IOException {
        BodyRecord record = new BodyRecord();
        if (!new BodyReader(wire, record).chunk(patience)) {
            HeaderLines.parse(MessageHead.lines(wire, patience, new StringBuilder()));
        }
        return record.bytes();
    }

    private MessageHead finalHead(List<RawResponse> interim, Patience patience) throws IOException {
        while (true) {
            MessageHead head = MessageHead.read(wire, patience);
            if (head == null) {
                throw new CutShort(wire.closedNow(), "before a response");
            }
            int status = status(head.startLine());
            if (status >= 200 || status == 101) {
                return head;
            }
            interim.add(of(head, List.of(), BodyFraming.NONE, null));
        }
    }

    private static RawResponse of(
            MessageHead head, List<RawResponse> interim, BodyFraming framing, @Nullable PeerClose closedBy) {
        boolean complete = framing == BodyFraming.NONE;
        return new RawResponse(head, interim, framing, new BodyRecord(), HeaderLines.NONE, complete, closedBy);
    }

    /** The rules of RFC 9112, section 6.3, in their order. */
    private static BodyFraming framing(MessageHead head, boolean toHead) throws ProtocolViolation {
        int status = status(head.startLine());
        if (status == 101) {
            return BodyFraming.TUNNEL;
        }
        boolean chunked = head.chunked();
        long length = head.contentLength();
        if (toHead || status == 204 || status == 304) {
            return BodyFraming.NONE;
        }
        if (chunked) {
            return BodyFraming.CHUNKED;
        }
        return length >= 0 ? BodyFraming.LENGTH : BodyFraming.UNTIL_CLOSE;
    }

    private static int status(String line) throws ProtocolViolation {
        boolean shaped = (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && line.length() >= 13
                && line.charAt(12) == ' ';
        int status = 0;
        for (int i = 9; shaped && i < 12; i++) {
            char c = line.charAt(i);
            shaped = c >= '0' && c <= '9';
            status = status * 10 + c - '0';
        }
        if (!shaped || status < 100 || status > 599) {
            throw new ProtocolViolation("status line: " + line + " (expected: HTTP/1.x NNN reason)");
        }
        return status;
    }
}
