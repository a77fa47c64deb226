package dev.lintel.shortcut;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.IConnection;
import org.eclipse.jetty.client.transport.SendFailure;

/**
 * A destination that sends a request at once if a connection is idle and nobody waits for one. What waits goes through the queue, as ever.
 * Thread-safe.
 */
final class DirectDestination extends HttpDestination {

    DirectDestination(HttpClient client, Origin origin) {
        super(client, origin);
    }

    @Override
    public void send(HttpExchange exchange) {
        if (getQueuedRequestCount() > 0 || !getHttpClient().isRunning() || !sendAtOnce(exchange)) {
            super.send(exchange);
        }
    }

    private boolean sendAtOnce(HttpExchange exchange) {
        Connection connection = getConnectionPool().acquire(false);
        if (connection == null) {
            return false;
        }
        if (exchange.getRequest().getAbortCause() != null || !(connection instanceof IConnection idle)) {
            release(connection);
            return false;
        }
        SendFailure failure = send(idle, exchange);
        if (failure == null) {
            return true;
        }
        if (failure.retry) {
            // it was about to end; there may be another
            return false;
        }
        var unused = exchange.getRequest().abort(failure.failure);
        return true;
    }
}
