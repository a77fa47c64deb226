package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gibibyte up and a gibibyte down at constant memory, client, gateway and upstream in one JVM:
 *
 * <pre>
 * mvn -Pintegration -pl gateway-jetty-proxy -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=GigabyteIT -DargLine=-Xmx128m
 * </pre>
 */
class GigabyteIT {

    private static final GeneratedBody BODY = GeneratedBody.of(1L << 30);

    @ParameterizedTest
    @Timeout(600)
    @EnumSource(Container.class)
    void passesAtConstantMemory(Container container) {
        String digest = BODY.sha256();
        try (ScriptedUpstream upstream = ScriptedUpstream.start(
                        request -> request.method().equals("GET") ? Answer.generated(BODY) : Answer.ok("taken"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            long live = liveHeap();
            long begun = System.nanoTime();
            client.send(RawRequest.post("/up").header("Content-Length", Long.toString(BODY.length())))
                    .send(BODY);
            assertThat(client.readResponse().bodyText()).isEqualTo("taken");
            tell(container, "up", begun);
            assertThat(upstream.awaitRequest().bodySha256()).isEqualTo(digest);

            begun = System.nanoTime();
            RawResponse response = client.send(RawRequest.get("/down")).readResponse();
            tell(container, "down", begun);
            assertThat(response.bodySha256()).isEqualTo(digest);

            long more = liveHeap() - live;
            System.out.printf("%s: live heap %+d KiB after both%n", container, more >> 10);
            // the client and the upstream keep 16 MiB of a body each, to show it
            assertThat(more).isLessThan(40L << 20);
        }
    }

    @Test
    @Timeout(600)
    void passesWebSocketFramesAtConstantMemory() throws Exception {
        try (WebSocketEcho echo = WebSocketEcho.start();
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, echo.url())) {
            long live = liveHeap();
            long begun = System.nanoTime();
            String[] digests = WebSocketEcho.exchange(app.port(), BODY.length(), 1 << 20);
            tell(Container.JETTY_EE10, "and back by WebSocket", begun);
            assertThat(digests[1]).isEqualTo(digests[0]);
            assertThat(liveHeap() - live).isLessThan(40L << 20);
        }
    }

    private static void tell(Container container, String what, long begun) {
        System.out.printf(
                "%s: 1 GiB %s in %.1f s, most live heap at a collection %d MiB, of %d MiB%n",
                container,
                what,
                (System.nanoTime() - begun) / 1e9,
                mostAfterCollection() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long mostAfterCollection() {
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && usage != null) {
                sum += usage.getUsed();
            }
        }
        return sum;
    }
}
