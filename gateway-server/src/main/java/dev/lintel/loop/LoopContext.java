package dev.lintel.loop;

import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextRequest;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * A servlet context in which the listeners of a request's streams are called by the loop on which the request began; those of requests
 * that a worker began are called by workers, as by Jetty itself. Whatever else is asynchronous is for workers.
 */
public final class LoopContext extends ServletContextHandler {

    private static final String CHANNEL = ServletChannel.class.getName();

    /** Makes a context at the root, without sessions and security. */
    public LoopContext() {
        super("/", false, false);
    }

    @Override
    protected @Nullable ContextRequest wrapRequest(Request request, Response response) {
        // Jetty keeps the channel of a connection here, and makes one of its own only if there is none
        Attributes kept = request.getComponents().getCache();
        Channel channel;
        if (kept.getAttribute(CHANNEL) instanceof Channel known && !known.isAborted()) {
            channel = known;
        } else {
            channel = new Channel(this, request);
            kept.setAttribute(CHANNEL, channel);
        }
        channel.onLoop = Turn.selector() != null;
        return super.wrapRequest(request, response);
    }

    private static final class Channel extends ServletChannel {

        private volatile boolean onLoop;

        Channel(ServletContextHandler context, Request request) {
            super(context, request);
        }

        /** For the listeners of streams alone: a request that is dispatched goes another way. */
        @Override
        protected void execute(Runnable task) {
            if (!onLoop || !Turn.leave(task)) {
                super.execute(task);
            }
        }
    }
}
