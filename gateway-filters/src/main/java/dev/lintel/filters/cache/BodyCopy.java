package dev.lintel.filters.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that is copied while it is written, as long as it is short enough and there is room for it. Thread-safe: who writes may be
 * another thread than who finds that nothing is to be kept.
 */
final class BodyCopy {

    private static final int LEAST_PIECE = 1024;
    private static final int MOST_PIECE = 64 * 1024;

    private final ResponseStore store;
    private final long most;
    private final List<byte[]> pieces = new ArrayList<>(4);
    private int free;
    private long length;
    private long reserved;
    private boolean over;

    BodyCopy(ResponseStore store, long most) {
        this.store = store;
        this.most = most;
    }

    synchronized void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int left = count;
        while (left > 0 && !over) {
            if (free == 0 && !grow(left)) {
                return;
            }
            byte[] last = pieces.get(pieces.size() - 1);
            int now = Math.min(left, free);
            System.arraycopy(bytes, from, last, last.length - free, now);
            free -= now;
            from += now;
            left -= now;
            length += now;
        }
    }

    private boolean grow(int wanted) {
        long next = Math.min(Math.max(LEAST_PIECE, Math.max(wanted, length)), MOST_PIECE);
        long size = Math.min(next, most - length);
        if (size <= 0 || !store.reserve(size)) {
            drop();
            return false;
        }
        reserved += size;
        pieces.add(new byte[(int) size]);
        free = (int) size;
        return true;
    }

    synchronized long length() {
        return length;
    }

    /** All that was written; null if it was too much, or has been dropped. */
    synchronized byte @Nullable [] whole() {
        if (over) {
            return null;
        }
        byte[] all = new byte[(int) length];
        int at = 0;
        for (byte[] piece : pieces) {
            int used = Math.min(piece.length, all.length - at);
            System.arraycopy(piece, 0, all, at, used);
            at += used;
        }
        return all;
    }

    /** Gives back what it holds, once; nothing more is copied. */
    synchronized void drop() {
        over = true;
        pieces.clear();
        free = 0;
        store.giveBack(reserved);
        reserved = 0;
    }
}
