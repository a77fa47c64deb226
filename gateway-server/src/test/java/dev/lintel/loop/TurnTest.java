package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final ServerConnector connector = new ServerConnector(new Server(), 1, 1);
    private Turn turn;

    @BeforeEach
    void start() throws Exception {
        connector.start();
        turn = new Turn(
                connector.getSelectorManager().getBeans(ManagedSelector.class).stream()
                        .findAny()
                        .orElseThrow(),
                null);
    }

    @AfterEach
    void stop() throws Exception {
        connector.stop();
    }

    @Test
    void doesWhatIsLeftAfterWhatItBeganWith() {
        List<String> done = new ArrayList<>();
        turn.of(() -> {
                    assertThat(Turn.leave(() -> done.add("left"))).isTrue();
                    done.add("first");
                })
                .run();

        assertThat(done).containsExactly("first", "left");
        assertThat(Turn.leave(() -> done.add("after"))).isFalse();
    }

    @Test
    void doesTheRestWhenSomethingFails() {
        List<String> done = new ArrayList<>();
        turn.of(() -> {
                    Turn.leave(() -> {
                        throw new IllegalStateException("on purpose");
                    });
                    Turn.leave(() -> done.add("behind it"));
                })
                .run();

        assertThat(done).containsExactly("behind it");
    }
}
