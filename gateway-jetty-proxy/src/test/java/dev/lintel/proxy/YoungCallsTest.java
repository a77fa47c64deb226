package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;

class YoungCallsTest {

    private final Ticks ticks = new Ticks();
    private final YoungCalls calls = new YoungCalls(ticks);
    private final List<Call> grown = new ArrayList<>();

    @Test
    void callThatEndsSoonNeedsNoTimerOfItsOwn() {
        for (int i = 0; i < 1_000; i++) {
            Call call = new Call();
            calls.add(call);
            YoungCalls.remove(call);
        }
        assertThat(calls.size()).isZero();
        assertThat(ticks.scheduled).isEqualTo(1);
    }

    @Test
    void callThatStaysIsToldOnceBetweenTheFirstTickAndTheSecond() {
        Call first = new Call();
        Call second = new Call();
        calls.add(first);
        ticks.tick();
        calls.add(second);
        assertThat(grown).isEmpty();
        ticks.tick();
        assertThat(grown).containsExactly(first);
        ticks.tick();
        ticks.tick();
        assertThat(grown).containsExactly(first, second);
        assertThat(calls.size()).isZero();
    }

    @Test
    void callIsForgottenAtAnyAge() {
        Call young = new Call();
        Call older = new Call();
        Call gone = new Call();
        calls.add(older);
        calls.add(gone);
        ticks.tick();
        calls.add(young);
        YoungCalls.remove(older);
        YoungCalls.remove(young);
        ticks.tick();
        YoungCalls.remove(gone);
        ticks.tick();

        assertThat(grown).containsExactly(gone);
    }

    @Test
    void looksNoMoreWhenThereIsNothingForLongAndAgainWhenThereIs() {
        calls.add(new Call());
        while (calls.isTicking()) {
            ticks.tick();
        }
        assertThat(ticks.due).isEmpty();
        assertThat(grown).hasSize(1);

        calls.add(new Call());
        ticks.tick();
        ticks.tick();
        assertThat(grown).hasSize(2);
    }

    private final class Call extends YoungCalls.Young {

        @Override
        void grown() {
            grown.add(this);
        }
    }

    /** Time that passes by hand. */
    private static final class Ticks extends AbstractLifeCycle implements Scheduler {

        private final Queue<Runnable> due = new ArrayDeque<>();
        private int scheduled;

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit units) {
            scheduled++;
            due.add(task);
            return () -> due.remove(task);
        }

        void tick() {
            due.remove().run();
        }
    }
}
