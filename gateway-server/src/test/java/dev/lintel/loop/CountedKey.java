package dev.lintel.loop;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;

/** A key that counts how often what is watched for changes. */
final class CountedKey extends SelectionKey {

    private final SelectionKey key;
    private final AtomicInteger changes;

    CountedKey(SelectionKey key, AtomicInteger changes) {
        this.key = key;
        this.changes = changes;
    }

    @Override
    public SelectionKey interestOps(int operations) {
        changes.incrementAndGet();
        return key.interestOps(operations);
    }

    @Override
    public int interestOps() {
        return key.interestOps();
    }

    @Override
    public int readyOps() {
        return key.readyOps();
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
