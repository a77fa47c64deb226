package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JVM's trust is read for upstreams that need it alone, and then before a connection waits for it. */
class OnDemandTlsTest {

    private final OnDemandTls tls = new OnDemandTls();
    private final HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector()));

    private ClientConnector connector() {
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        return connector;
    }

    @BeforeEach
    void start() throws Exception {
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
    }

    @Test
    void isNotSetUpForUpstreamsInClearText() {
        UpstreamPool pool = new UpstreamPool(
                Upstream.named("service").target("http://localhost:1").build(), client, new UpstreamConnections());
        pool.endpoint(Target.parse("http://localhost:1"));

        assertThat(tls.isLoaded()).isFalse();
    }

    @Test
    void isSetUpAtTheStartForTargetsThatAreKnownThen() {
        new UpstreamPool(
                        Upstream.named("service").target("https://localhost:1").build(),
                        client,
                        new UpstreamConnections())
                .open();

        assertThat(tls.isLoaded()).isTrue();
    }

    @Test
    void isSetUpForTargetsThatTurnUpLater() {
        List<Target> later = List.of(Target.parse("https://localhost:1"));
        AtomicBoolean there = new AtomicBoolean();
        UpstreamPool pool = new UpstreamPool(
                Upstream.named("service")
                        .targets(() -> there.get() ? later : List.of())
                        .build(),
                client,
                new UpstreamConnections());
        assertThat(tls.isLoaded()).isFalse();

        there.set(true);
        pool.endpoint(later.get(0));

        assertThat(tls.isLoaded()).isTrue();
    }
}
