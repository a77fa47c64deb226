package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RawRequestTest {

    @Test
    void getHasAHostAndNothingElse() {
        assertThat(RawRequest.get("/x")).hasToString("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    @Test
    void aHostOfItsOwnReplacesTheOneAdded() {
        assertThat(RawRequest.get("/").header("host", "a").header("A", "b"))
                .hasToString("GET / HTTP/1.1\r\nhost: a\r\nA: b\r\n\r\n");
        assertThat(RawRequest.get("/").withoutHost()).hasToString("GET / HTTP/1.1\r\n\r\n");
    }

    @Test
    void rawAddsNothing() {
        assertThat(RawRequest.raw("GET /a/../b HTTP/1.1", "Host: x", "nonsense"))
                .hasToString("GET /a/../b HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n");
    }

    @Test
    void framesABody() {
        assertThat(RawRequest.post("/").bearer("t").body("é").toString())
                .endsWith("Authorization: Bearer t\r\nContent-Length: 2\r\n\r\nÃ©");
        assertThat(RawRequest.post("/").chunked("a", "bc").toString())
                .endsWith("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n");
        assertThat(RawRequest.post("/")
                        .close()
                        .chunkedWithTrailers(List.of("a"), "X: 1")
                        .toString())
                .contains("\r\nConnection: close\r\n")
                .endsWith("1\r\na\r\n0\r\nX: 1\r\n\r\n");
        assertThat(RawRequest.post("/")
                        .header("Content-Length", "9")
                        .following("abc")
                        .toString())
                .endsWith("Content-Length: 9\r\n\r\nabc");
    }
}
