package dev.lintel.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests in flight and, while the server drains, lets every answer say {@code Connection: close}, also those
 * whose requests came before; so does the answer to what cannot be parsed. Writes {@code Strict-Transport-Security} on what leaves over
 * TLS and does not say it itself. Thread-safe.
 */
final class DrainHandler extends Handler.Wrapper {

    private static final PreEncodedHttpField CLOSE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());

    private final Phase phase;
    private final HeadTimeout headTimeout;
    private final @Nullable PreEncodedHttpField hsts;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile CountDownLatch finished = new CountDownLatch(1);

    DrainHandler(Phase phase, HeadTimeout headTimeout, @Nullable String hsts) {
        this.phase = phase;
        this.headTimeout = headTimeout;
        this.hsts = hsts == null ? null : new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, hsts);
    }

    int inFlight() {
        return inFlight.get();
    }

    /**
     * Waits until no request is in flight.
     *
     * @return false if the time was up before
     */
    boolean awaitIdle(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (true) {
            CountDownLatch next = new CountDownLatch(1);
            finished = next;
            if (inFlight.get() == 0) {
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0 || !next.await(left, TimeUnit.NANOSECONDS)) {
                return inFlight.get() == 0;
            }
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HeadTimeout.@Nullable Watched connection =
                headTimeout.watched(request.getConnectionMetaData().getConnection());
        boolean last = Refusals.isRefused(request);
        inFlight.incrementAndGet();
        if (connection != null) {
            connection.requestBegins();
        }
        request.addHttpStreamWrapper(stream -> new Counted(stream, request, connection, last));
        return super.handle(request, response, callback);
    }

    private void ended() {
        if (inFlight.decrementAndGet() == 0) {
            finished.countDown();
        }
    }

    /** A request's stream, told of the answer's head and of the end. The container calls one of the ends, once. */
    private final class Counted extends HttpStream.Wrapper {

        private final Request request;
        private final HeadTimeout.@Nullable Watched connection;
        private final boolean last;

        Counted(HttpStream stream, Request request, HeadTimeout.@Nullable Watched connection, boolean last) {
            super(stream);
            this.request = request;
            this.connection = connection;
            this.last = last;
        }

        @Override
        public void prepareResponse(HttpFields.Mutable headers) {
            // only HTTP/1 is watched; HTTP/2 has a frame for this and forbids the field (RFC 9113 section 8.2.2)
            if (connection != null && (last || phase.isDraining()) && !headers.contains(HttpHeader.UPGRADE)) {
                headers.put(CLOSE);
            }
            // RFC 6797 section 7.2: never in clear text
            if (hsts != null
                    && request.getConnectionMetaData().isSecure()
                    && !headers.contains(HttpHeader.STRICT_TRANSPORT_SECURITY)) {
                headers.put(hsts);
            }
            super.prepareResponse(headers);
        }

        @Override
        public void succeeded() {
            if (request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) instanceof Connection next) {
                upgraded(next);
                return;
            }
            end();
            super.succeeded();
        }

        /** A connection that goes on in another protocol is in flight until it closes. */
        private void upgraded(Connection next) {
            EndPoint endPoint = next.getEndPoint();
            next.addEventListener(new Connection.Listener() {
                @Override
                public void onClosed(Connection closed) {
                    ended();
                }
            });
            if (connection != null) {
                connection.requestEnds();
            }
            super.succeeded();
            if (endPoint.getConnection() != next) {
                // it was lost before, and will tell nobody
                ended();
            }
        }

        @Override
        public void failed(Throwable failure) {
            end();
            super.failed(failure);
        }

        private void end() {
            if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
                Http2Remainder.decline(request.getConnectionMetaData().getConnection(), getId());
            }
            if (connection != null) {
                connection.requestEnds();
            }
            ended();
        }
    }
}
