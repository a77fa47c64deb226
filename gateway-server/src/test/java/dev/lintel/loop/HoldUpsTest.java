package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldUpsTest {

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<StackTraceElement[]> told = new CopyOnWriteArrayList<>();
    private final Server server = new Server(new LoopThreads(20, 4));
    private final LoopConnector connector = new LoopConnector(server, 1, new HttpConnectionFactory());

    @BeforeEach
    void start() throws Exception {
        connector.watchedBy(
                new HoldUps(server.getScheduler(), Duration.ofMillis(500), (nanos, stack) -> told.add(stack)));
        server.addConnector(connector);
        server.setHandler(new Held(release));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        server.stop();
    }

    @Test
    void tellsOnceOfATurnThatTakesTooLong() {
        try (RawClient client = RawClient.connect(connector.getLocalPort())) {
            client.send(RawRequest.get("/held"));
            await().until(() -> told.stream().anyMatch(HoldUpsTest::isInHandler));
            release.countDown();
            assertThat(client.readResponse().status()).isEqualTo(200);
        }
        assertThat(told.stream().filter(HoldUpsTest::isInHandler)).hasSize(1);
    }

    private static boolean isInHandler(StackTraceElement[] stack) {
        return List.of(stack).stream().anyMatch(frame -> frame.getClassName().equals(Held.class.getName()));
    }

    private static final class Held extends Handler.Abstract.NonBlocking {

        private final CountDownLatch release;

        Held(CountDownLatch release) {
            this.release = release;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (!release.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not released");
            }
            callback.succeeded();
            return true;
        }
    }
}
