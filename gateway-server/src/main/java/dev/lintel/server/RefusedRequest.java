package dev.lintel.server;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * A request that the parser gave up: without a body, and with a dash for method and target where not even its first line
 * could be read.
 */
final class RefusedRequest extends Request.Wrapper {

    private static final String UNKNOWN = "-";
    private static final HttpURI NOWHERE = HttpURI.build().path(UNKNOWN).asImmutable();

    private final boolean unread;

    RefusedRequest(Request refused) {
        super(refused);
        // how Jetty names a request that has no first line
        String path = refused.getHttpURI().getPath();
        this.unread = path == null
                || refused.getMethod().equals("BAD") && path.equals("/badMessage")
                || path.equals("/badRequest");
    }

    @Override
    public String getMethod() {
        return unread ? UNKNOWN : super.getMethod();
    }

    @Override
    public HttpURI getHttpURI() {
        return unread ? NOWHERE : super.getHttpURI();
    }

    @Override
    public long getLength() {
        return 0;
    }

    @Override
    public Content.Chunk read() {
        return Content.Chunk.EOF;
    }

    @Override
    public void demand(Runnable demandCallback) {
        demandCallback.run();
    }
}
