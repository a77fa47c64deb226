package dev.lintel.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A connection to Redis, over which everything is asked at once and answered in order. Thread-safe; never waits. */
interface Link {

    /**
     * Runs a script; loads it first if Redis has not seen it, or has forgotten it.
     *
     * @return numbers; completed by the thread that reads the connection, or failed. It may never be, if nobody answers and the
     *     link is not closed
     */
    CompletionStage<List<Long>> run(Script script, String[] keys, String[] arguments);

    /** Whether it is there, as far as is known. */
    boolean isOpen();

    /** Keys of which each main server of a cluster has one at least; any one key where there is a single server. */
    List<String> everywhere(String prefix);

    /** Ends it; what was not answered fails. */
    void close();
}
