package dev.lintel.server;

import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;

/** What a client still has to send of a request that has its whole answer. Loaded only where somebody speaks HTTP/2. */
final class Http2Remainder {

    private Http2Remainder() {}

    /**
     * Has the client send no more and keep the answer (RFC 9113 section 8.1). Jetty says {@code CANCEL}, after which clients may take the
     * answer for cut off.
     *
     * @param stream the number of the stream
     */
    static void decline(Connection connection, String stream) {
        if (connection instanceof HTTP2Connection http2) {
            HTTP2Stream open = http2.getSession().getStream(Integer.parseInt(stream));
            if (open != null && open.isLocallyClosed() && !open.isClosed() && !open.isReset()) {
                open.reset(new ResetFrame(open.getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
            }
        }
    }
}
