package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A thousand streams of events through a gateway, read by one thread, which counts. */
final class EventClients {

    private static final int STREAMS = 1_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Callers callers;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

    EventClients(Callers callers) {
        this.callers = callers;
    }

    /** The events of one stream; an empty line ends each. */
    private static final class Stream {

        private byte last;
        private long events;

        void read(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (next == '\n' && last == '\n') {
                    events++;
                }
                last = next;
            }
        }
    }

    /**
     * Opens the streams, reads for as long, once all have begun, and closes them.
     *
     * @return how many events came in all
     * @throws IllegalStateException if one did not begin, or ended
     */
    long run(RunningGateway gateway, int seconds) throws IOException {
        byte[] request =
                PacedConnection.request(Scenario.EVENTS, callers.tokens().get(0));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port());
        List<SocketChannel> channels = new ArrayList<>();
        List<Stream> streams = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < STREAMS; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channels.add(channel);
                channel.write(ByteBuffer.wrap(request));
                channel.configureBlocking(false);
                Stream stream = new Stream();
                streams.add(stream);
                channel.register(selector, SelectionKey.OP_READ, stream);
            }
            long patience = System.nanoTime() + PATIENCE_NANOS;
            while (streams.stream().anyMatch(stream -> stream.events == 0)) {
                if (System.nanoTime() - patience > 0) {
                    throw new IllegalStateException(gateway.name() + ": some of " + STREAMS + " streams did not begin");
                }
                read(selector, gateway);
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (end - System.nanoTime() > 0) {
                read(selector, gateway);
            }
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
        return streams.stream().mapToLong(stream -> stream.events).sum();
    }

    private void read(Selector selector, RunningGateway gateway) throws IOException {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                throw new IllegalStateException(gateway.name() + ": a stream ended (expected: never)");
            }
            ((Stream) key.attachment()).read(buffer.flip());
        }
        selector.selectedKeys().clear();
    }
}
