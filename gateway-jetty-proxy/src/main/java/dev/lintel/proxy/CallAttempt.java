package dev.lintel.proxy;

import dev.lintel.Attempt;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One try to get an answer from one target. Tells the call what the client (Jetty's) tells it; the client calls in order and
 * one call at a time, but for the events of the request, which may come beside those of the response.
 */
final class CallAttempt
        implements Response.BeginListener,
                Response.HeadersListener,
                Response.ContentSourceListener,
                Response.SuccessListener,
                Response.CompleteListener,
                Request.BeginListener,
                Request.SuccessListener {

    private final UpstreamCall call;
    private final ProxyRequest request;
    private final Attempt record;
    private long connectedNanos;
    private long bytesInBefore;
    private volatile boolean connected;
    private volatile boolean answerBegun;
    private volatile boolean headReceived;
    private volatile @Nullable Throwable failure;

    CallAttempt(UpstreamCall call, ProxyRequest request, Attempt record) {
        this.call = call;
        this.request = request;
        this.record = record;
        request.onRequestBegin(this);
        request.onRequestSuccess(this);
        request.onInterim((status, fields) -> {
            answerBegun = true;
            call.interim(status, fields);
        });
    }

    ProxyRequest request() {
        return request;
    }

    Attempt record() {
        return record;
    }

    /** Whether a connection was there for it. */
    boolean wasConnected() {
        return connected;
    }

    /** Whether it has had a connection for so long. */
    boolean wasConnectedFor(long nanos) {
        return connected && System.nanoTime() - connectedNanos > nanos;
    }

    /** Whether the head of the answer arrived whole. */
    boolean wasAnswered() {
        return headReceived;
    }

    /**
     * Whether it went out on a connection that had served before, and nothing at all came back; over HTTP/2, whether the
     * connection ended before anything came back.
     */
    boolean metStaleConnection() {
        if (!connected || answerBegun) {
            return false;
        }
        return request.getConnection() instanceof Connection connection
                ? connection.getMessagesOut() > 1 && connection.getBytesIn() == bytesInBefore
                : FailureReason.isClosed(failure);
    }

    /** Whether the upstream has said that it has done nothing about it (RFC 9113 section 8.7). */
    boolean wasNotProcessed() {
        return !answerBegun && FailureReason.saysNotProcessed(failure);
    }

    /** Sends the body although no 100 has come; without effect if nothing waits for one. */
    void proceed() {
        InterimAnswers.current(request).proceed(null, null);
    }

    void abort(CallFailure reason) {
        // onComplete tells when it is over
        var unused = request.abort(reason.exception());
    }

    @Override
    public void onBegin(Request begun) {
        connectedNanos = System.nanoTime();
        bytesInBefore = request.getConnection() instanceof Connection connection ? connection.getBytesIn() : 0;
        connected = true;
        call.connected();
    }

    @Override
    public void onSuccess(Request sent) {
        call.sent();
    }

    @Override
    public void onBegin(Response response) {
        answerBegun = true;
    }

    @Override
    public void onHeaders(Response response) {
        // nobody asked for another coding of the transfer, nor, mostly, for another protocol (RFC 9110 section 7.8)
        boolean changesProtocol = response.getStatus() == 101;
        if (changesProtocol && !call.mayChangeProtocol(response) || hasOtherCodings(response)) {
            call.fail(CallFailure.MALFORMED);
            return;
        }
        headReceived = true;
        record.answered(response.getStatus());
        if (isOpenEnded(response)) {
            record.openEnded();
        }
        if (changesProtocol) {
            return;
        }
        try {
            call.answered(this, response);
        } catch (RuntimeException wrong) {
            // the client would only log it, and go on
            call.failed(wrong);
        }
    }

    /** RFC 9112 section 6.3; HTTP/2 always says where an answer ends. */
    private static boolean isOpenEnded(Response response) {
        HttpFields fields = response.getHeaders();
        return response.getVersion().getVersion() < HttpVersion.HTTP_2.getVersion()
                && !fields.contains(HttpHeader.CONTENT_LENGTH)
                && !fields.contains(HttpHeader.TRANSFER_ENCODING)
                && response.getStatus() != 204
                && response.getStatus() != 304;
    }

    /** RFC 9112 section 6.1: passed on without the field, the body of another coding would be another body. */
    private static boolean hasOtherCodings(Response response) {
        int codings = 0;
        HttpFields fields = response.getHeaders();
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.getField(i);
            if (field.getHeader() == HttpHeader.TRANSFER_ENCODING) {
                codings += "chunked".equalsIgnoreCase(field.getValue()) ? 1 : 2;
            }
        }
        return codings > 1 || codings == 1 && response.getVersion() != HttpVersion.HTTP_1_1;
    }

    @Override
    public void onContentSource(Response response, Content.Source source) {
        if (response.getStatus() == 101) {
            Content.Source.consumeAll(source, Callback.NOOP);
            return;
        }
        try {
            call.relay(response, source);
        } catch (RuntimeException wrong) {
            call.failed(wrong);
        }
    }

    @Override
    public void onSuccess(Response response) {
        if (response.getStatus() != 101) {
            call.answerEnded(this);
        }
    }

    @Override
    public void onComplete(Result result) {
        if (result.isFailed()) {
            failure = result.getFailure();
            call.attemptFailed(this, result.getFailure());
        } else if (result.getResponse().getStatus() == 101
                && request.getConversation().getAttribute(EndPoint.class.getName()) instanceof EndPoint endPoint) {
            call.protocolChanged(this, result.getResponse(), endPoint);
        }
    }
}
