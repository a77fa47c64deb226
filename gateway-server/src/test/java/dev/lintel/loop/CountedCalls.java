package dev.lintel.loop;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What the connections of one side ask of the system, counted: each call of a channel to read or to write, each change of a key. */
final class CountedCalls {

    /**
     * How often since the beginning.
     *
     * @param reads calls that read, whatever they find
     * @param writes calls that write, whatever they take
     * @param left those of them that were made by what a turn had left to be done, and not in the course of what it began with
     * @param changes changes of what is watched for
     */
    record Calls(int reads, int writes, int left, int changes) {

        Calls since(Calls before) {
            return new Calls(
                    reads - before.reads, writes - before.writes, left - before.left, changes - before.changes);
        }
    }

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    Calls soFar() {
        return new Calls(reads.get(), writes.get(), left.get(), changes.get());
    }

    private void countWrite() {
        writes.incrementAndGet();
        if (STACK.walk(frames -> frames.anyMatch(CountedCalls::runsWhatWasLeft))) {
            left.incrementAndGet();
        }
    }

    private static boolean runsWhatWasLeft(StackWalker.StackFrame frame) {
        return frame.getDeclaringClass() == Turn.class && frame.getMethodName().equals("runLeft");
    }

    SocketChannel of(SocketChannel channel) {
        return new Channel(channel);
    }

    SelectionKey of(SelectionKey key) {
        return new CountedKey(key, changes);
    }

    /** Never registered; what is registered is the channel behind it. */
    private final class Channel extends SocketChannel {

        private final SocketChannel channel;

        Channel(SocketChannel channel) {
            super(channel.provider());
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            reads.incrementAndGet();
            return channel.read(into);
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) throws IOException {
            reads.incrementAndGet();
            return channel.read(into, offset, length);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            countWrite();
            return channel.write(from);
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) throws IOException {
            countWrite();
            return channel.write(from, offset, length);
        }

        @Override
        public SocketChannel bind(SocketAddress local) throws IOException {
            channel.bind(local);
            return this;
        }

        @Override
        public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
            channel.setOption(name, value);
            return this;
        }

        @Override
        public <T> T getOption(SocketOption<T> name) throws IOException {
            return channel.getOption(name);
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return channel.supportedOptions();
        }

        @Override
        public SocketChannel shutdownInput() throws IOException {
            channel.shutdownInput();
            return this;
        }

        @Override
        public SocketChannel shutdownOutput() throws IOException {
            channel.shutdownOutput();
            return this;
        }

        @Override
        public Socket socket() {
            return channel.socket();
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isConnectionPending() {
            return channel.isConnectionPending();
        }

        @Override
        public boolean connect(SocketAddress remote) throws IOException {
            return channel.connect(remote);
        }

        @Override
        public boolean finishConnect() throws IOException {
            return channel.finishConnect();
        }

        @Override
        public SocketAddress getRemoteAddress() throws IOException {
            return channel.getRemoteAddress();
        }

        @Override
        public SocketAddress getLocalAddress() throws IOException {
            return channel.getLocalAddress();
        }

        @Override
        protected void implCloseSelectableChannel() throws IOException {
            channel.close();
        }

        @Override
        protected void implConfigureBlocking(boolean block) throws IOException {
            channel.configureBlocking(block);
        }
    }
}
