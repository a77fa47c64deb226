package dev.lintel.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Tells a head timeout which connections have a request, where nothing else is to be known of it: at the admin port. Thread-safe. */
final class HeadWatch extends Handler.Wrapper {

    private final HeadTimeout headTimeout;

    HeadWatch(HeadTimeout headTimeout, Handler next) {
        super(next);
        this.headTimeout = headTimeout;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HeadTimeout.@Nullable Watched connection =
                headTimeout.watched(request.getConnectionMetaData().getConnection());
        if (connection != null) {
            connection.requestBegins();
            request.addHttpStreamWrapper(stream -> new Watching(stream, connection));
        }
        return super.handle(request, response, callback);
    }

    /** A request's stream, told of its end. The container calls one of the ends, once. */
    private static final class Watching extends HttpStream.Wrapper {

        private final HeadTimeout.Watched connection;

        Watching(HttpStream stream, HeadTimeout.Watched connection) {
            super(stream);
            this.connection = connection;
        }

        @Override
        public void succeeded() {
            connection.requestEnds();
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            connection.requestEnds();
            super.failed(failure);
        }
    }
}
