package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoServiceTest {

    @Test
    void tellsWhoAnsweredAndWhatItReceived() {
        try (EchoService orders = EchoService.start("orders", "2")) {
            RawResponse response = RawClient.exchange(
                    orders.port(),
                    RawRequest.raw("POST /a%20b?c=\"d HTTP/1.1", "Host: x", "X-A: 1", "x-a:  é\t")
                            .body("e\n"));

            assertThat(response.header("Content-Type")).isEqualTo("application/json");
            assertThat(response.bodyText())
                    .isEqualTo("{\"service\":\"orders\",\"instance\":\"2\",\"method\":\"POST\","
                            + "\"target\":\"/a%20b?c=\\\"d\",\"path\":\"/a%20b\",\"query\":\"c=\\\"d\","
                            + "\"headers\":[[\"Host\",\"x\"],[\"X-A\",\"1\"],[\"x-a\",\"\\u00e9\"],"
                            + "[\"Content-Length\",\"2\"]],\"body\":\"e\\u000a\"}");
        }
    }

    @Test
    void hasNoQueryWithoutAQuestionMark() {
        try (EchoService users = EchoService.start("users", "1")) {
            assertThat(RawClient.exchange(users.port(), RawRequest.get("/")).bodyText())
                    .contains("\"query\":null");
            assertThat(users.upstream().awaitRequest().target()).isEqualTo("/");
        }
    }
}
