package dev.lintel.head;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** What a parser tells of octets that come piece by piece, as a connection would hear it, and what it says of itself meanwhile. */
final class RecordedParsing implements HttpParser.RequestHandler {

    private static final int MOST_TURNS = 10_000;

    private final List<String> events = new ArrayList<>();
    private final HttpParser parser;
    private final boolean stopsAtContentEnd;
    private int usualHeads;

    RecordedParsing(
            BiFunction<HttpParser.RequestHandler, Integer, HttpParser> maker, int most, boolean stopsAtContentEnd) {
        this.parser = maker.apply(this, most);
        this.parser.setHeaderCacheSize(0);
        this.parser.setHeaderCacheCaseSensitive(true);
        this.stopsAtContentEnd = stopsAtContentEnd;
    }

    static HttpParser jetty(HttpParser.RequestHandler handler, int most) {
        return new HttpParser(handler, most, HttpCompliance.STRICT);
    }

    static HttpParser onePass(HttpParser.RequestHandler handler, int most) {
        return new OnePassParser(handler, most, HttpCompliance.STRICT);
    }

    /** Feeds octets in pieces, the end of the input behind them, and tells what happened. */
    List<String> of(List<byte[]> pieces) {
        for (byte[] piece : pieces) {
            // both kinds that connections read into
            feed(
                    piece.length % 2 == 0
                            ? ByteBuffer.wrap(piece.clone())
                            : ByteBuffer.allocateDirect(piece.length).put(piece).flip());
        }
        parser.atEOF();
        feed(ByteBuffer.allocate(0));
        return events;
    }

    int usualHeads() {
        return usualHeads;
    }

    private void feed(ByteBuffer buffer) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            int before = buffer.remaining();
            boolean handle = parser.parseNext(buffer);
            events.add("next " + handle + " " + state() + " left " + buffer.remaining());
            if (parser.isState(HttpParser.State.END)) {
                parser.reset();
                events.add("reset " + state());
            } else if (parser.isTerminated() || !handle && buffer.remaining() == before) {
                return;
            }
        }
        throw new IllegalStateException("no end of it: " + events.subList(0, 20));
    }

    private String state() {
        // nobody asks for the content of what has failed
        String content = parser.isTerminated()
                ? ""
                : " " + parser.hasContent() + " " + parser.getContentLength() + " " + parser.getContentRead() + " "
                        + parser.getHeaderLength();
        return parser.getState() + content + " " + parser.inContentState() + parser.inHeaderState()
                + parser.isComplete() + parser.isIdle() + parser.isChunking() + parser.isAtEOF();
    }

    @Override
    public void messageBegin() {
        events.add("begin");
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
        events.add("start " + method + " " + uri + " " + version + " in " + parser.getState());
        if (uri.equals("/refused")) {
            throw new HttpException.RuntimeException(400, "Bad URI");
        }
    }

    @Override
    public void parsedHeader(HttpField field) {
        String kind = field.getHeader() + " " + field.getClass().getSimpleName();
        events.add("field " + field.getName() + "=" + field.getValue() + " " + kind);
        if ("X-Refused".equalsIgnoreCase(field.getName())) {
            throw new HttpException.RuntimeException(417);
        }
    }

    @Override
    public boolean headerComplete() {
        if (parser instanceof OnePassParser onePass && onePass.isUsual()) {
            usualHeads++;
        }
        events.add("head in " + parser.getState() + " " + parser.getContentLength());
        return !stopsAtContentEnd;
    }

    @Override
    public boolean content(ByteBuffer content) {
        String text = StandardCharsets.ISO_8859_1.decode(content.duplicate()).toString();
        events.add("content " + text);
        if (text.contains("!!")) {
            throw new IllegalArgumentException("refused");
        }
        return !stopsAtContentEnd;
    }

    @Override
    public boolean contentComplete() {
        events.add("content complete");
        return stopsAtContentEnd;
    }

    @Override
    public boolean messageComplete() {
        events.add("message complete in " + parser.getState());
        return false;
    }

    @Override
    public void parsedTrailer(HttpField field) {
        events.add("trailer " + field);
    }

    @Override
    public void earlyEOF() {
        events.add("early end");
    }

    @Override
    public void badMessage(HttpException failure) {
        events.add("bad " + failure.getCode() + " " + failure.getReason());
    }

    @Override
    public void onViolation(ComplianceViolation.Event event) {
        events.add("violation " + event.violation());
    }
}
