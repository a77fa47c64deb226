package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.ServletResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A response that Tomcat has taken back serves another request by then, which nothing late may touch. */
class TomcatResponseTest {

    @Test
    void takesNoErrorBackFromTheRequestThatCameNext() throws InterruptedException {
        BlockingQueue<ServletResponse> responses = new LinkedBlockingQueue<>();
        try (WebApp app = WebApp.on(Container.TOMCAT_10)
                        .serve("/*", (request, response) -> {
                            responses.add(response);
                            response.sendError(418);
                        })
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/first")).readResponse();
            ServletResponse first = responses.take();
            client.send(RawRequest.get("/second")).readResponse();

            assertThatThrownBy(() -> TomcatResponse.takeErrorBack(first)).isInstanceOf(IllegalStateException.class);
            TomcatResponse.cutShort(first);

            assertThat(client.send(RawRequest.get("/third")).readResponse().status())
                    .isEqualTo(418);
        }
    }
}
