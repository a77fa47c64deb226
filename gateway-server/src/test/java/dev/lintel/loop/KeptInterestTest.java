package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the system is asked to watch, counted, while Jetty asks and no longer asks. */
class KeptInterestTest {

    private Selector selector;
    private Pipe pipe;
    private final AtomicInteger changes = new AtomicInteger();
    private KeptInterest interest;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        interest = new KeptInterest(new CountedKey(pipe.source().register(selector, 0), changes));
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
        assertThat(changes).hasValue(1);
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
}
