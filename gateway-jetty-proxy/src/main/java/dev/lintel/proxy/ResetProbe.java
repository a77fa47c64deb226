package dev.lintel.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client has reset an HTTP/1 connection while its request is being answered. Jetty reads nothing in that time
 * and so would learn of it at the next write, which a slow upstream may keep away for long.
 *
 * <p>Asks to be told when the connection can be read. Bytes are left alone: they are the next request's. An end is a
 * half-close, which aborts nothing. Only an error is a reset.
 */
final class ResetProbe implements Callback {

    private enum State {
        IDLE,
        ARMED,
        FIRED,
        ENDED
    }

    private final AbstractEndPoint endPoint;
    private final Runnable gone;
    private State state = State.IDLE;

    ResetProbe(AbstractEndPoint endPoint, Runnable gone) {
        this.endPoint = endPoint;
        this.gone = gone;
    }

    synchronized void arm() {
        if (state == State.IDLE && !endPoint.isInputShutdown() && socket(endPoint) != null) {
            state = State.ARMED;
            if (!endPoint.tryFillInterested(this)) {
                state = State.ENDED;
            }
        }
    }

    /** Wraps the request's stream so that the probe ends before the connection wants to read the next request. */
    HttpStream guard(HttpStream stream) {
        return new HttpStream.Wrapper(stream) {
            @Override
            public void succeeded() {
                end();
                super.succeeded();
            }

            @Override
            public void failed(Throwable failure) {
                end();
                super.failed(failure);
            }
        };
    }

    private synchronized void end() {
        boolean armed = state == State.ARMED;
        state = State.ENDED;
        if (armed) {
            // there is no other way to take an interest back; only this probe's own can be there
            endPoint.getFillInterest().onFail(CallFailure.CLIENT_GONE.exception());
        }
    }

    @Override
    public void succeeded() {
        boolean reset;
        synchronized (this) {
            if (state != State.ARMED) {
                return;
            }
            state = State.FIRED;
            reset = !endPoint.isInputShutdown() && isReset(socket(endPoint));
        }
        if (reset) {
            gone.run();
        }
    }

    @Override
    public void failed(Throwable failure) {
        synchronized (this) {
            if (state != State.ARMED) {
                return;
            }
            state = State.FIRED;
        }
        gone.run();
    }

    private static boolean isReset(@Nullable SocketChannel socket) {
        try {
            if (socket != null && socket.socket().getInputStream().available() == 0) {
                // readable without bytes: an end or an error, and no bytes can follow either
                socket.read(ByteBuffer.allocate(1));
            }
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Has the end of a connection be a reset. */
    static void resetOnClose(EndPoint endPoint) {
        SocketChannel socket = socket(endPoint);
        if (socket != null) {
            try {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException | UnsupportedOperationException over) {
                // closed already, or not a TCP socket
            }
        }
    }

    private static @Nullable SocketChannel socket(EndPoint endPoint) {
        EndPoint plain = endPoint;
        while (plain instanceof SslConnection.SslEndPoint tls) {
            plain = tls.getSslConnection().getEndPoint();
        }
        return plain.getTransport() instanceof SocketChannel channel ? channel : null;
    }
}
