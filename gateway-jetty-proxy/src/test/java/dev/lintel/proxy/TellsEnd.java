package dev.lintel.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.CountDownLatch;

/**
 * Counts down when a request is over.
 *
 * @param over what is counted down
 */
record TellsEnd(CountDownLatch over) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
        over.countDown();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
