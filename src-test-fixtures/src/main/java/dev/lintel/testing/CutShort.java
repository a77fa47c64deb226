package dev.lintel.testing;

import java.io.IOException;

/** The connection ended in the middle of something. */
final class CutShort extends IOException {

    private final PeerClose close;

    CutShort(PeerClose close, String where) {
        super("connection ended (" + close + ") " + where);
        this.close = close;
    }

    PeerClose close() {
        return close;
    }
}
