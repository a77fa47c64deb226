package dev.lintel.loop;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads of a server. Whoever runs a connection on, which is how Jetty's server goes on reading once an answer is out, has it
 * run by the turn that does so, if one does; everything else is for the workers.
 */
public final class LoopThreads extends QueuedThreadPool {

    private final LongAdder handedOver = new LongAdder();

    /**
     * Makes a pool; its threads are the loops and the workers.
     *
     * @param most the most threads
     * @param least how many threads stay when there is nothing to do
     */
    public LoopThreads(int most, int least) {
        super(most, least);
    }

    @Override
    public void execute(Runnable task) {
        boolean goesOn = task instanceof Connection;
        if (!goesOn || !Turn.leave(task)) {
            handedOver.increment();
            super.execute(task);
        }
    }

    /** How many tasks one thread has given to another so far; those that a turn of a loop does itself do not count. */
    long handedOver() {
        return handedOver.sum();
    }
}
