package dev.lintel.server;

/** Where a server is in its life. Thread-safe. */
final class Phase {

    /** The states, in their order. */
    enum State {
        STARTING("starting"),
        READY("ready"),
        DRAINING("draining"),
        STOPPED("stopped");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private volatile State state = State.STARTING;

    State state() {
        return state;
    }

    boolean isDraining() {
        return state.compareTo(State.DRAINING) >= 0;
    }

    synchronized void become(State next) {
        state = next;
    }

    /** Begins the end; false if somebody else has. */
    synchronized boolean drain() {
        if (isDraining()) {
            return false;
        }
        state = State.DRAINING;
        return true;
    }
}
