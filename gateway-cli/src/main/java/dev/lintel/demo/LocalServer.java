package dev.lintel.demo;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A small HTTP server on 127.0.0.1, for demonstrations. Thread-safe. */
public final class LocalServer implements AutoCloseable {

    /**
     * What is answered to a request.
     *
     * @param status the status
     * @param contentType of the body
     * @param body the body
     */
    public record Answer(int status, String contentType, String body) {}

    /** Decides what is answered. */
    public interface Answers {
        /** The answer to a request; must not wait. */
        Answer to(Request request);
    }

    private final Server server;
    private final ServerConnector connector;

    private LocalServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Starts one; a port in use is told by a {@link GatewayException}. */
    public static LocalServer start(int port, Answers answers) {
        Server server = new Server(new QueuedThreadPool(16, 1));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new Answering(answers));
        LocalServer local = new LocalServer(server, connector);
        try {
            server.start();
            return local;
        } catch (IOException inUse) {
            local.close();
            throw new GatewayException(
                    "demonstration", List.of(new Problem("port", Integer.toString(port), "a free port; in use")));
        } catch (Exception failed) {
            local.close();
            throw new IllegalStateException("port " + port + ": cannot be served", failed);
        }
    }

    /** The port. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where it is reached, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("port " + port() + ": does not stop", failed);
        }
    }

    private static final class Answering extends Handler.Abstract.NonBlocking {

        private final Answers answers;

        Answering(Answers answers) {
            this.answers = answers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Answer answer = answers.to(request);
            response.setStatus(answer.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
            response.write(true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
    }
}
