package dev.lintel.shortcut;

import java.util.Map;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.EndPoint;

/**
 * A connection that expires when it is idle between requests, and never while it serves one: whoever sends a request sees to its time.
 * Jetty's takes the idle time off for each request and puts it back after it, which are two timers set and two taken back.
 */
final class NearConnection extends HttpConnectionOverHTTP {

    NearConnection(EndPoint endPoint, Map<String, Object> context) {
        super(endPoint, context);
    }

    @Override
    protected boolean onIdleTimeout(long idleTimeout) {
        return getHttpChannel().getHttpExchange() == null && super.onIdleTimeout(idleTimeout);
    }
}
