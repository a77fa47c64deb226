package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** Where Jetty's client sends a request that got a connection which closes at that moment. */
class UpstreamClientTest {

    @Test
    void isWhereItWasSentWhateverHostItNames() throws Exception {
        UpstreamClient client = new UpstreamClient(new HttpClientTransportOverHTTP());
        client.start();
        try {
            Destination destination = client.resolveDestination(new Origin(
                    "http", "127.0.0.1", 8080, "upstream", new Origin.Protocol(java.util.List.of("h2c"), false)));
            ProxyRequest request =
                    new ProxyRequest(client, URI.create("http://127.0.0.1:8080"), destination, "GET", "/a", null);
            ((HttpFields.Mutable) request.getHeaders()).put("Host", "169.254.169.254");
            request.speakHttp2();
            assertThat(request.getHost()).isEqualTo("169.254.169.254");
            assertThat(client.resolveDestination(request)).isSameAs(destination);
        } finally {
            client.stop();
        }
    }
}
