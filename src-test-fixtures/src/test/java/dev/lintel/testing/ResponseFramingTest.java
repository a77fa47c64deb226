package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFramingTest {

    private static RawResponse exchange(Answer answer, RawRequest request) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer)) {
            return RawClient.exchange(upstream.port(), request);
        }
    }

    private static RawResponse get(Answer answer) {
        return exchange(answer, RawRequest.get("/x"));
    }

    @Test
    void readsStatusHeaderLinesAndBodyVerbatim() {
        RawResponse response =
                get(Answer.raw("HTTP/1.1 418 I'm a teapot\r\nX-A:  1 \r\nx-a: 2\r\nContent-Length: 3\r\n\r\nabc"));

        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 418 I'm a teapot");
        assertThat(response.status()).isEqualTo(418);
        assertThat(response.reason()).isEqualTo("I'm a teapot");
        assertThat(response.headerLines()).containsExactly("X-A:  1 ", "x-a: 2", "Content-Length: 3");
        assertThat(response.headers("X-A")).containsExactly("1", "2");
        assertThat(response.header("content-length")).isEqualTo("3");
        assertThat(response.bodyText()).isEqualTo("abc");
        assertThat(response.framing()).isEqualTo(BodyFraming.LENGTH);
        assertThat(response.complete()).isTrue();
        assertThat(response.closedBy()).isNull();
    }

    @Test
    void readsChunksAndTrailers() {
        RawResponse response =
                get(Answer.chunkedWithTrailers(200, List.of("one", "zwölf"), List.of("X-Sum: 7"), "Trailer: X-Sum"));

        assertThat(response.framing()).isEqualTo(BodyFraming.CHUNKED);
        assertThat(response.bodyText()).isEqualTo("onezwölf");
        assertThat(response.trailerLines()).containsExactly("X-Sum: 7");
        assertThat(response.complete()).isTrue();
    }

    @Test
    void readsBodyUntilFin() {
        RawResponse response = get(Answer.raw("HTTP/1.1 200 \r\n\r\nall of it").thenEnd(PeerClose.FIN));

        assertThat(response.framing()).isEqualTo(BodyFraming.UNTIL_CLOSE);
        assertThat(response.bodyText()).isEqualTo("all of it");
        assertThat(response.complete()).isTrue();
        assertThat(response.closedBy()).isEqualTo(PeerClose.FIN);
    }

    @Test
    void bodyUntilResetIsIncomplete() {
        RawResponse response = get(Answer.raw("HTTP/1.1 200 OK\r\n\r\npart").thenEnd(PeerClose.RESET));

        assertThat(response.complete()).isFalse();
        assertThat(response.closedBy()).isEqualTo(PeerClose.RESET);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void statusWithoutBodyHasNone(int status) {
        RawResponse response = get(Answer.head(status, "Content-Length: 5"));

        assertThat(response.framing()).isEqualTo(BodyFraming.NONE);
        assertThat(response.bodyLength()).isZero();
        assertThat(response.complete()).isTrue();
    }

    @Test
    void responseToHeadHasNoBodyWhateverItsLength() {
        RawResponse response = exchange(Answer.ok("12345"), RawRequest.of("HEAD", "/x"));

        assertThat(response.header("Content-Length")).isEqualTo("5");
        assertThat(response.framing()).isEqualTo(BodyFraming.NONE);
        assertThat(response.complete()).isTrue();
    }

    @Test
    void keepsInterimResponsesApart() {
        RawResponse response =
                get(Answer.ok("end").precededBy(103, "Link: </s>").precededBy(102));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.interim()).extracting(RawResponse::status).containsExactly(102, 103);
        assertThat(response.interim().get(1).headerLines()).containsExactly("Link: </s>");
    }

    @Test
    void switchingProtocolsIsFinal() {
        RawResponse response = get(Answer.switchingProtocols("websocket"));

        assertThat(response.status()).isEqualTo(101);
        assertThat(response.framing()).isEqualTo(BodyFraming.TUNNEL);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerClose.class,
            names = {"FIN", "RESET"})
    void lengthThatIsNotReachedIsCutShort(PeerClose how) {
        RawResponse response = get(Answer.truncated(10, "four", how));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bodyText()).isEqualTo("four");
        assertThat(response.complete()).isFalse();
        assertThat(response.closedBy()).isEqualTo(how);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerClose.class,
            names = {"FIN", "RESET"})
    void chunksWithoutTheLastAreCutShort(PeerClose how) {
        RawResponse response = get(Answer.truncatedChunks(List.of("a", "b"), how));

        assertThat(response.bodyText()).isEqualTo("ab");
        assertThat(response.complete()).isFalse();
        assertThat(response.closedBy()).isEqualTo(how);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "HTTP/1.1 2OO OK\r\n\r\n",
                "HTTP/1.1 99 OK\r\n\r\n",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "garbage\r\n\r\n"
            })
    void refusesWhatIsNotHttpAndShowsIt(String bytes) {
        assertThatThrownBy(() -> get(Answer.raw(bytes).thenEnd(PeerClose.FIN)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected")
                .hasMessageContaining("received so far: " + bytes.length() + " bytes");
    }

    @Test
    void connectionClosedWithoutResponseFails() {
        assertThatThrownBy(() -> get(Answer.close()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("before a response")
                .hasMessageContaining("FIN");
    }

    @Test
    void connectionResetWithoutResponseFails() {
        assertThatThrownBy(() -> get(Answer.reset()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RESET");
    }

    @Test
    void longBodiesAreCountedAndHashed() {
        GeneratedBody body = GeneratedBody.of(BodyRecord.KEPT + 1L);
        RawResponse response = get(Answer.generated(body));

        assertThat(response.bodyLength()).isEqualTo(body.length());
        assertThat(response.bodySha256()).isEqualTo(body.sha256());
        assertThatThrownBy(response::body).isInstanceOf(AssertionError.class).hasMessageContaining("SHA-256");
    }

    @Test
    void generatedChunksAreTheSameBody() {
        GeneratedBody body = GeneratedBody.of(300_001);
        RawResponse response = get(Answer.generatedChunked(body, 999));

        assertThat(response.framing()).isEqualTo(BodyFraming.CHUNKED);
        assertThat(response.bodySha256()).isEqualTo(body.sha256());
    }

    @Test
    void twoLinesWhereOneIsExpectedFail() {
        RawResponse response = get(Answer.ok("", "A: 1", "A: 2"));

        assertThatThrownBy(() -> response.header("A"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[1, 2]");
        assertThat(response.hasHeader("B")).isFalse();
        assertThat(response.body()).isEqualTo("".getBytes(StandardCharsets.UTF_8));
    }
}
