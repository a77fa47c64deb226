package dev.lintel.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That nobody reads a connection while the thread that met a malformed request still has its buffer. */
class OneReaderTest {

    private static final String MALFORMED = "GET / HTTP/1.1\r\nHost: gw\r\nBad\u0001: x\r\n";
    private static final String FOLLOWING = "GET /next HTTP/1.1\r\nHost: gw\r\n\r\n".repeat(1000);

    static List<OneReaderConnectionFactory> factories() {
        return List.of(new OneReaderConnectionFactory(strict()), new OnePassConnectionFactory(strict()));
    }

    /** And then by the thread that had it, which finds nothing more to be read and closes the connection. */
    @ParameterizedTest
    @MethodSource("factories")
    void readsOnAfterMalformedRequestOnlyWhenItsBufferIsGivenBack(OneReaderConnectionFactory factory) {
        assertThat(isReadMeanwhile(factory)).isFalse();
    }

    /** As soon as this fails, Jetty needs no help. */
    @Test
    void jettysOwnConnectionIsReadMeanwhile() {
        assertThat(isReadMeanwhile(new HttpConnectionFactory(strict()))).isTrue();
    }

    private static boolean isReadMeanwhile(HttpConnectionFactory factory) {
        LateThreads threads = new LateThreads();
        Server server = new Server(threads);
        ServerConnector connector = new WatchedConnector(server, threads, factory);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        LifeCycle.start(server);
        try (RawClient client = RawClient.connect(connector.getLocalPort())) {
            client.send(MALFORMED + FOLLOWING);
            assertThat(client.readResponse().status()).isEqualTo(400);
            assertThat(threads.awaitGoneOn()).isTrue();
            assertThat(LateThreads.await(threads.closed)).isTrue();
            return threads.readMeanwhile;
        } finally {
            LifeCycle.stop(server);
        }
    }

    private static HttpConfiguration strict() {
        HttpConfiguration http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setHeaderCacheCaseSensitive(true);
        return http;
    }

    /** Lets a thread that has a malformed request answered go on only when the connection has been resumed by another. */
    private static final class LateThreads extends QueuedThreadPool {

        private static final long LIMIT_SECONDS = 20;

        private final CountDownLatch resumed = new CountDownLatch(1);
        private final CountDownLatch goneOn = new CountDownLatch(1);
        private final AtomicBoolean first = new AtomicBoolean(true);
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean resumedInTime;
        private volatile boolean waiting;
        private volatile boolean readMeanwhile;

        @Override
        public boolean tryExecute(Runnable task) {
            if (HttpConnection.getCurrentConnection() == null) {
                return super.tryExecute(task);
            }
            execute(task);
            return true;
        }

        @Override
        public void execute(Runnable task) {
            if (task instanceof HttpConnection) {
                super.execute(() -> {
                    task.run();
                    resumed.countDown();
                });
            } else if (HttpConnection.getCurrentConnection() == null || !first.compareAndSet(true, false)) {
                super.execute(task);
            } else {
                waiting = true;
                super.execute(task);
                resumedInTime = await(resumed);
                waiting = false;
                goneOn.countDown();
            }
        }

        boolean awaitGoneOn() {
            return await(goneOn) && resumedInTime;
        }

        private static boolean await(CountDownLatch latch) {
            try {
                return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private static final class WatchedConnector extends ServerConnector {

        private final LateThreads threads;

        WatchedConnector(Server server, LateThreads threads, HttpConnectionFactory factory) {
            super(server, 1, 1, factory);
            this.threads = threads;
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            SocketChannelEndPoint watched = new SocketChannelEndPoint(channel, selector, key, getScheduler()) {
                @Override
                public int fill(ByteBuffer buffer) throws IOException {
                    threads.readMeanwhile |= threads.waiting;
                    return super.fill(buffer);
                }

                @Override
                public void onClose(@Nullable Throwable cause) {
                    super.onClose(cause);
                    threads.closed.countDown();
                }
            };
            watched.setIdleTimeout(getIdleTimeout());
            return watched;
        }
    }
}
