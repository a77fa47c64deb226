package dev.lintel.proxy;

import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one request. It keeps the end point, the one attribute that every conversation gets, without making a table of
 * attributes for it, and has the listeners of its exchange told without copies of them. Thread-safe.
 */
final class SingleConversation extends HttpConversation {

    private static final String END_POINT = EndPoint.class.getName();

    private volatile @Nullable Object endPoint;
    private volatile @Nullable ResponseListeners own;

    @Override
    public void updateResponseListeners(Response.@Nullable Listener override) {
        HttpExchange first = getExchanges().peekFirst();
        if (override == null && first != null && getExchanges().size() == 1) {
            own = first.getResponseListeners();
        } else {
            super.updateResponseListeners(override);
            own = null;
        }
    }

    @Override
    public ResponseListeners getResponseListeners() {
        ResponseListeners listeners = own;
        return listeners == null ? super.getResponseListeners() : listeners;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return name.equals(END_POINT) ? endPoint : super.getAttribute(name);
    }

    @Override
    public @Nullable Object setAttribute(String name, @Nullable Object attribute) {
        if (!name.equals(END_POINT)) {
            return super.setAttribute(name, attribute);
        }
        Object before = endPoint;
        endPoint = attribute;
        return before;
    }

    @Override
    public @Nullable Object removeAttribute(String name) {
        return name.equals(END_POINT) ? setAttribute(name, null) : super.removeAttribute(name);
    }
}
