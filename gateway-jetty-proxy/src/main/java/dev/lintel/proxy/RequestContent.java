package dev.lintel.proxy;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The client's body as what one try sends. A try that fails does not spoil the body for the next. */
final class RequestContent implements Request.Content {

    private final ClientBody body;
    private volatile @Nullable Throwable failure;

    RequestContent(ClientBody body) {
        this.body = body;
    }

    /** None: the field is copied from the client or not there. */
    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public long getLength() {
        return body.length();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Throwable failed = failure;
        return failed == null ? body.read() : Content.Chunk.from(failed, true);
    }

    @Override
    public void demand(Runnable task) {
        body.demand(task);
    }

    @Override
    public void fail(Throwable failed) {
        failure = failed;
        body.abandon();
    }
}
