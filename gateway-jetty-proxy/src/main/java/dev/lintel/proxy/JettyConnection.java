package dev.lintel.proxy;

import dev.lintel.socket.BufferLeases;
import dev.lintel.tunnel.ConnectionPair;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/** A connection of Jetty's. The only class besides {@link ResetProbe} that knows Jetty's server. */
final class JettyConnection implements ClientConnection {

    private final ServletContextRequest request;

    private JettyConnection(ServletContextRequest request) {
        this.request = request;
    }

    static ClientConnection of(ServletRequest request) {
        return new JettyConnection(ServletContextRequest.getServletContextRequest(request));
    }

    static boolean shareServer(HttpClient client, ServletContext context) {
        if (!(context instanceof ServletContextHandler.ServletContextApi jettys)) {
            return false;
        }
        Server server = jettys.getContext().getServletContextHandler().getServer();
        client.setScheduler(server.getScheduler());
        client.setByteBufferPool(new BufferLeases(server.getByteBufferPool()));
        return true;
    }

    /** Ends a client with the application, whatever is still on its way: after that the server's threads are gone. */
    static void stopWithServer(HttpClient client, ServletContext context) {
        if (context instanceof ServletContextHandler.ServletContextApi jettys) {
            ServletContextHandler handler = jettys.getContext().getServletContextHandler();
            handler.addBean(client, true);
            client.addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStopped(LifeCycle stopped) {
                    handler.removeBean(stopped);
                }
            });
        }
    }

    @Override
    public void watch(Runnable gone) {
        request.addFailureListener(failure -> gone.run());
        boolean http1 = request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
        if (http1
                && request.getConnectionMetaData().getConnection().getEndPoint() instanceof AbstractEndPoint endPoint) {
            ResetProbe probe = new ResetProbe(endPoint, gone);
            request.addHttpStreamWrapper(probe::guard);
            probe.arm();
        } else if (Content.Chunk.isFailure(request.read())) {
            // the stream was reset before, and a listener that comes later is told nothing
            gone.run();
        }
    }

    @Override
    public boolean onSent(Sent listener) {
        ServletContextResponse response = request.getServletContextResponse();
        boolean begun = response.isCommitted();
        Request.addCompletionListener(request, failure -> {
            // what the application throws arrives here too; this one is of the connection
            boolean gone = failure instanceof EofException;
            listener.ended(gone && !begun ? 0 : response.getStatus(), gone);
        });
        return true;
    }

    @Override
    public boolean keepsAnswer() {
        return true;
    }

    @Override
    public @Nullable WholeAnswer whole(ServletOutputStream output, long length) {
        return length > 0 && output instanceof HttpOutput jettys ? new WholeAnswer(jettys, length) : null;
    }

    @Override
    public HttpFields fields() {
        return request.getHeaders();
    }

    @Override
    public CompletableFuture<?> interim(int status, HttpFields fields) {
        return request.getServletContextResponse().writeInterim(status, fields);
    }

    @Override
    public @Nullable EndPoint endPoint() {
        return isHttp1() ? request.getConnectionMetaData().getConnection().getEndPoint() : null;
    }

    @Override
    public void changeProtocol(ConnectionPair pair) {
        request.addHttpStreamWrapper(stream -> new ProtocolChange(stream, Request.unWrap(request), pair));
    }

    @Override
    public boolean breakOff(AsyncContext async, CallFailure failure) {
        if (isHttp1()) {
            // an answer that lasts until the connection ends is whole after a FIN, never after a RST
            ResetProbe.resetOnClose(
                    request.getConnectionMetaData().getConnection().getEndPoint());
        }
        request.getServletChannel().abort(failure.exception());
        return false;
    }

    private boolean isHttp1() {
        return request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
    }
}
