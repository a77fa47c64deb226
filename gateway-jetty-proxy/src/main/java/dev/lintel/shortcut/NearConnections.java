package dev.lintel.shortcut;

import dev.lintel.socket.Loops;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 connections to a target, of which a loop takes its own first. If all of those are in use it takes an idle one of another
 * loop rather than make its request wait, and has one more opened for itself, as far as there may be more in all: so that each
 * loop comes to have as many as it has requests at a time, and answers are not handed from thread to thread. Thread-safe.
 */
final class NearConnections extends AbstractConnectionPool {

    private final Loops loops;

    /**
     * Makes a pool without connections.
     *
     * @param most the most connections to the target, of all loops together
     * @param loops what serves them
     */
    NearConnections(Destination destination, int most, Loops loops) {
        super(destination, () -> new ShelvedPool<>(most, loops::current, connection -> loopOf(connection, loops)), 1);
        this.loops = loops;
    }

    private static @Nullable Object loopOf(Connection connection, Loops loops) {
        return connection instanceof org.eclipse.jetty.io.Connection known
                ? loops.of(Loops.plain(known.getEndPoint()))
                : null;
    }

    @Override
    public @Nullable Connection acquire(boolean create) {
        Connection taken = super.acquire(create);
        if (taken != null) {
            Object own = loops.current();
            if (own != null && own != loopOf(taken, loops)) {
                tryCreate(true);
            }
        }
        return taken;
    }
}
