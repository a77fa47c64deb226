package dev.lintel.proxy;

import dev.lintel.tunnel.ConnectionPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a request whose connection goes on in another protocol. It does so only if the client was told: whatever else
 * was sent in place of 101, the client goes on with requests, which must not reach the upstream unseen.
 */
final class ProtocolChange extends HttpStream.Wrapper {

    private final Request request;
    private final ConnectionPair pair;
    private volatile boolean told;

    ProtocolChange(HttpStream stream, Request request, ConnectionPair pair) {
        super(stream);
        this.request = request;
        this.pair = pair;
    }

    @Override
    public void send(
            MetaData.Request asked,
            MetaData.@Nullable Response answer,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        if (answer != null) {
            told = answer.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101;
            // from now on, else a server that stops shuts the connection's output down behind this answer
            request.setAttribute(UPGRADE_CONNECTION_ATTRIBUTE, told ? pair.clientEnd() : null);
        }
        super.send(asked, answer, last, content, callback);
    }

    @Override
    public void succeeded() {
        if (told) {
            super.succeeded();
            pair.breakUnlessOpen();
        } else {
            pair.breakOff(new IOException("client not told"));
            super.succeeded();
        }
    }

    @Override
    public void failed(Throwable failure) {
        super.failed(failure);
        pair.breakOff(failure);
    }
}
