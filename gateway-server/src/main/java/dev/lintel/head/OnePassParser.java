package dev.lintel.head;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.NanoTime;

/**
 * Jetty's parser, which leaves usual heads to {@link UsualHead} and with them bodies of a told length. What comes behind a body, the end of
 * the input and all that is not usual is the parser's as before. Used by one thread at a time.
 */
final class OnePassParser extends HttpParser {

    private final RequestHandler handler;
    private final int mostOctets;
    private final KnownLines known = new KnownLines();

    /** Whether the message at hand began with a usual head; everything below speaks of such a message alone. */
    private boolean usual;

    private boolean headTold;
    private int headLength;
    private long contentLength;
    private long contentRead;
    private long begun;

    OnePassParser(RequestHandler handler, int mostOctets, HttpCompliance compliance) {
        super(handler, mostOctets, compliance);
        this.handler = handler;
        this.mostOctets = mostOctets;
    }

    @Override
    public boolean parseNext(ByteBuffer buffer) {
        // line ends may stand before a head, and who has begun to count them goes on
        if (isStart() && super.getHeaderLength() == 0) {
            UsualHead head = UsualHead.ofThread();
            return head.read(buffer, mostOctets, known, this) ? tell(head, buffer) : super.parseNext(buffer);
        }
        return usual && isState(State.CONTENT) ? content(buffer) : super.parseNext(buffer);
    }

    private boolean tell(UsualHead head, ByteBuffer buffer) {
        usual = true;
        headLength = head.length();
        contentLength = head.contentLength();
        try {
            handler.messageBegin();
            begun = NanoTime.now();
            buffer.position(buffer.position() + headLength);
            setState(State.HEADER);
            handler.startRequest(head.method(), head.target(), HttpVersion.HTTP_1_1);
            head.forEachField(handler::parsedHeader);
            boolean handle = handler.headerComplete();
            headTold = true;
            setState(State.CONTENT);
            return handle || content(buffer);
        } catch (Throwable failure) {
            head.forget();
            return failed(failure, buffer);
        }
    }

    private boolean content(ByteBuffer buffer) {
        try {
            if (isContentLeft() && buffer.hasRemaining()) {
                int length = (int) Math.min(buffer.remaining(), contentLength - contentRead);
                ByteBuffer content = buffer.slice(buffer.position(), length);
                contentRead += length;
                buffer.position(buffer.position() + length);
                if (handler.content(content)) {
                    return true;
                }
            }
            if (!isContentLeft() && end()) {
                return true;
            }
        } catch (Throwable failure) {
            return failed(failure, buffer);
        }
        return super.parseNext(buffer);
    }

    private boolean isContentLeft() {
        return contentRead < contentLength;
    }

    private boolean end() {
        setState(State.CONTENT_END);
        if (handler.contentComplete()) {
            return true;
        }
        setState(State.END);
        return handler.messageComplete();
    }

    private boolean failed(Throwable failure, ByteBuffer buffer) {
        BufferUtil.clear(buffer);
        badMessage(
                failure instanceof HttpException known
                        ? known
                        : new HttpException.RuntimeException(400, "Bad Request", failure));
        return false;
    }

    @Override
    protected void badMessage(HttpException failure) {
        if (usual && headTold) {
            setState(State.CLOSE);
            handler.earlyEOF();
        } else {
            super.badMessage(failure);
        }
    }

    @Override
    public void reset() {
        super.reset();
        usual = false;
        headTold = false;
        contentRead = 0;
    }

    @Override
    public void startTunnel() {
        usual = false;
        super.startTunnel();
    }

    @Override
    public boolean hasContent() {
        return usual ? contentLength >= 0 : super.hasContent();
    }

    @Override
    public long getContentLength() {
        return usual ? contentLength : super.getContentLength();
    }

    @Override
    public long getContentRead() {
        return usual ? contentRead : super.getContentRead();
    }

    @Override
    public int getHeaderLength() {
        return usual ? headLength : super.getHeaderLength();
    }

    @Override
    public long getBeginNanoTime() {
        return usual ? begun : super.getBeginNanoTime();
    }

    /** Whether the head of the message at hand was read in one pass. */
    boolean isUsual() {
        return usual;
    }
}
