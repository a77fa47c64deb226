package dev.lintel.loop;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The key of a connection that goes on being watched for what can be read while nobody waits for that. Jetty asks for it and no longer
 * asks for it with every request, which are two calls of the system on either side, though mostly nothing comes in between. When
 * something does, the watching ends there and then, until somebody asks again: what can be read is told as long as it is there.
 *
 * <p>Used by the thread of its selector alone, but for questions about its state.
 */
final class KeptInterest extends SelectionKey {

    private final SelectionKey key;
    private int wanted;
    private int watched;

    KeptInterest(SelectionKey key) {
        this.key = key;
        this.wanted = key.interestOps();
        this.watched = wanted;
    }

    /** Something has come; ends the watching for what nobody wants. */
    void selected() {
        int unwanted = key.readyOps() & ~wanted;
        if (unwanted != 0) {
            watch(watched & ~unwanted);
        }
    }

    private void watch(int operations) {
        if (operations != watched) {
            key.interestOps(operations);
            watched = operations;
        }
    }

    @Override
    public SelectionKey interestOps(int operations) {
        watch(operations | watched & OP_READ);
        wanted = operations;
        return this;
    }

    @Override
    public int interestOps() {
        return key.isValid() ? wanted : key.interestOps();
    }

    @Override
    public int readyOps() {
        return key.readyOps() & wanted;
    }

    @Override
    public SelectableChannel channel() {
        return key.channel();
    }

    @Override
    public Selector selector() {
        return key.selector();
    }

    @Override
    public boolean isValid() {
        return key.isValid();
    }

    @Override
    public void cancel() {
        key.cancel();
    }
}
