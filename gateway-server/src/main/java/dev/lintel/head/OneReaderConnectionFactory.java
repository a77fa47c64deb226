package dev.lintel.head;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 as Jetty serves it, with one thread at a time looking for the next request of a connection. Jetty has a malformed request
 * answered by another thread, which reads on once it has; the thread that met the request may not have given its buffer back by then
 * (Jetty 12.1.14). What is read would come into a buffer that is another connection's already, and be taken for that one's request.
 * Thread-safe.
 */
public class OneReaderConnectionFactory extends HttpConnectionFactory {

    /**
     * Makes a factory.
     *
     * @param configuration what connections keep to
     */
    public OneReaderConnectionFactory(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public final Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = reading(connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    OneReader reading(Connector connector, EndPoint endPoint) {
        return new OneReader(getHttpConfiguration(), connector, endPoint);
    }

    static class OneReader extends HttpConnection {

        /** Whoever reads, and who came meanwhile. */
        private final AtomicInteger readers = new AtomicInteger();

        OneReader(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        public void onFillable() {
            // who comes while another is about to leave has that one look once more
            if (readers.getAndIncrement() == 0) {
                do {
                    super.onFillable();
                } while (readers.decrementAndGet() > 0);
            }
        }
    }
}
