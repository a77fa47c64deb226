package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the system is asked to watch, counted, while Jetty asks and no longer asks. */
class KeptInterestTest {

    private Selector selector;
    private Pipe pipe;
    private Counted counted;
    private KeptInterest interest;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        counted = new Counted(pipe.source().register(selector, 0));
        interest = new KeptInterest(counted);
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void watchesOnAfterNobodyWaitsAnyLonger() {
        for (int request = 0; request < 100; request++) {
            interest.interestOps(SelectionKey.OP_READ);
            interest.interestOps(0);
        }
        assertThat(counted.changes).isEqualTo(1);
        assertThat(interest.interestOps()).isZero();
    }

    @Test
    void stopsWatchingWhenSomethingComesForNobody() throws IOException {
        interest.interestOps(SelectionKey.OP_READ);
        interest.interestOps(0);
        arrive();
        assertThat(selector.selectNow()).isEqualTo(1);

        interest.selected();

        assertThat(interest.readyOps()).isZero();
        // nor does it come again and again
        selector.selectedKeys().clear();
        assertThat(selector.selectNow()).isZero();
    }

    @Test
    void tellsWhatCameInTheMeantimeWhenSomebodyWaitsAgain() throws IOException {
        interest.interestOps(SelectionKey.OP_READ);
        interest.interestOps(0);
        arrive();
        selector.selectNow();
        interest.selected();
        selector.selectedKeys().clear();

        interest.interestOps(SelectionKey.OP_READ);

        assertThat(selector.selectNow()).isEqualTo(1);
        interest.selected();
        assertThat(interest.readyOps()).isEqualTo(SelectionKey.OP_READ);
    }

    @Test
    void saysTheEndOnceWhenNobodyWaits() throws IOException {
        interest.interestOps(SelectionKey.OP_READ);
        interest.interestOps(0);
        pipe.sink().close();
        assertThat(selector.selectNow()).isEqualTo(1);
        interest.selected();
        selector.selectedKeys().clear();
        assertThat(selector.selectNow()).isZero();

        interest.interestOps(SelectionKey.OP_READ);
        assertThat(selector.selectNow()).isEqualTo(1);
    }

    private void arrive() throws IOException {
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    }

    /** A key that counts how often what is watched for changes. */
    private static final class Counted extends SelectionKey {

        private final SelectionKey key;
        private int changes;

        Counted(SelectionKey key) {
            this.key = key;
        }

        @Override
        public SelectionKey interestOps(int operations) {
            changes++;
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
}
