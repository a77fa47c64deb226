package dev.lintel.conformance.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.conformance.ServletContainer;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.testing.http2.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cache keeps of an application in one container, and that nobody sees a difference but in what tells of it. */
public abstract class CacheRun {

    /** What differs between two answers that are the same: when, and how the length is told. */
    private static final List<String> LEFT_OUT = List.of(
            "date:",
            "age:",
            "cache-status:",
            "x-request-id:",
            "content-length:",
            "transfer-encoding:",
            "connection:",
            "keep-alive:",
            "set-cookie:");

    private final ServletContainer container;
    private final ServletContainer http2;
    private CachedApplication plain;
    private CachedApplication cached;

    /**
     * For subclasses.
     *
     * @param container with its defaults
     * @param http2 the same with HTTP/2 in clear text
     */
    protected CacheRun(ServletContainer container, ServletContainer http2) {
        this.container = container;
        this.http2 = http2;
    }

    /** Whether a container shows what cookies are set before it sends them, so that nothing is kept beside one that is set in front. */
    protected boolean showsCookiesInFront() {
        return true;
    }

    @BeforeEach
    void start() {
        plain = new CachedApplication(container, false);
        cached = new CachedApplication(container, true);
    }

    @AfterEach
    void stop() {
        cached.close();
        plain.close();
    }

    private static RawRequest request(String what) {
        String[] words = what.split(" ", -1);
        RawRequest request = RawRequest.get(words[0]).line("Connection: close");
        return words.length == 1 ? request : request.header("X-Front", words[1]);
    }

    /** All that a client sees of an answer, but for what is told of when and how. */
    private static String seen(RawResponse answer) {
        List<String> lines = answer.headerLines().stream()
                .filter(line ->
                        LEFT_OUT.stream().noneMatch(name -> line.regionMatches(true, 0, name, 0, name.length())))
                .sorted()
                .toList();
        // a page about an exception names the filters that it came through
        String body = answer.status() == 500 ? "an error page" : answer.bodySha256();
        return answer.statusLine() + "\n" + String.join("\n", lines) + "\n" + body + (answer.complete() ? "" : " cut");
    }

    /** The text of {@code Cache-Status}. */
    private static String told(RawResponse answer) {
        return String.join(", ", answer.headers("Cache-Status"));
    }

    static Stream<String> kept() {
        return Stream.of(
                "/stream",
                "/short-stream",
                "/writer",
                "/short-writer",
                "/language",
                "/flushed",
                "/closed",
                "/empty",
                "/204",
                "/404",
                "/begun-again",
                "/forward",
                "/forward-async",
                "/include",
                "/async",
                "/async-writer",
                "/dispatch",
                "/listener",
                "/stream field",
                "/writer vary");
    }

    @ParameterizedTest
    @MethodSource("kept")
    void isAnsweredAgainAsItWas(String what) {
        String without = seen(plain.send(request(what)));
        assertThat(seen(cached.send(request(what)))).isEqualTo(without);
        for (int i = 0; i < 2; i++) {
            RawResponse again = cached.send(request(what));
            assertThat(told(again)).startsWith("lintel; hit");
            assertThat(again.complete()).isTrue();
            assertThat(again.hasHeader("Age")).isTrue();
            assertThat(again.headers("Set-Cookie")).isEmpty();
            assertThat(seen(again)).isEqualTo(without);
        }
        assertThat(cached.asked()).isEqualTo(1);
    }

    static Stream<String> notKept() {
        return Stream.of(
                "/cookie",
                "/cookie-field",
                "/session",
                "/late-session",
                "/send-error",
                "/late-error",
                "/async-error",
                "/redirect",
                "/throws",
                "/late-throw",
                "/half",
                "/short",
                "/include-all",
                "/stream session",
                "/added private",
                "/added no-store",
                "/stream expires",
                "/async session",
                "/async-added private");
    }

    @ParameterizedTest
    @MethodSource("notKept")
    void isPassedOnAndNotKept(String what) {
        for (int i = 0; i < 2; i++) {
            String without = seen(plain.send(request(what)));
            RawResponse with = cached.send(request(what));
            assertThat(seen(with)).isEqualTo(without);
            assertThat(told(with)).doesNotContain("hit");
            assertThat(cached.cache().size()).isZero();
        }
        assertThat(cached.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow", "/slow-async"})
    void whatAClientDidNotTakeToTheEndIsNotKept(String path) {
        cached.abandon(request(path));
        assertThat(cached.cache().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream", "/short-writer", "/async", "/404"})
    void headIsAnsweredFromWhatGetHasLeft(String path) {
        int length = cached.send(request(path)).body().length;
        RawResponse head = cached.send(RawRequest.of("HEAD", path).line("Connection: close"));
        assertThat(told(head)).startsWith("lintel; hit");
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(length));
        assertThat(head.headers("X-Mark")).containsExactly("one", "two");
        assertThat(cached.asked()).isEqualTo(1);
    }

    @Test
    void whatVariesByAFilterInFrontIsOneForEach() {
        RawRequest german = request("/writer vary").line("Accept-Language: de");
        RawRequest french = request("/writer vary").line("Accept-Language: fr");
        cached.send(german);
        assertThat(told(cached.send(french))).doesNotContain("hit");
        assertThat(told(cached.send(german))).contains("hit");
    }

    /** Whether or not the answer is kept, the cookie is not. */
    @ParameterizedTest
    @ValueSource(strings = {"/stream", "/short-writer", "/async", "/dispatch", "/forward"})
    void aCookieThatAFilterInFrontSetsIsThatOfOneRequest(String path) {
        RawResponse first = cached.send(request(path + " cookie"));
        assertThat(first.headers("Set-Cookie")).containsExactly("front=number1");
        assertThat(cached.cache().size()).isEqualTo(showsCookiesInFront() || !path.startsWith("/short") ? 0 : 1);
        RawResponse second = cached.send(request(path + " cookie"));
        assertThat(second.headers("Set-Cookie")).containsExactly("front=number2");
        RawResponse third = cached.send(request(path));
        assertThat(third.headers("Set-Cookie")).isEmpty();
        assertThat(third.body()).isEqualTo(first.body());
        // what is kept by then is answered with the cookie of each request
        RawResponse fourth = cached.send(request(path + " cookie"));
        assertThat(told(fourth)).startsWith("lintel; hit");
        assertThat(fourth.headers("Set-Cookie")).containsExactly("front=number3");
        assertThat(fourth.body()).isEqualTo(first.body());
    }

    /** The application's own answer is dropped then, and what filters in front have said of it is not. */
    @Test
    void whatIsConfirmedIsAnsweredWithWhatFiltersInFrontSay() {
        RawResponse first = cached.send(request("/confirmed"));
        RawResponse plainly = cached.send(request("/confirmed field"));
        assertThat(told(plainly)).isEqualTo("lintel; fwd=stale; fwd-status=304");
        assertThat(plainly.body()).isEqualTo(first.body());
        assertThat(plainly.headers("X-Frame-Options")).containsExactly("DENY");
        assertThat(plainly.headers("X-Mark")).containsExactly("one", "two");
        RawResponse cookie = cached.send(request("/confirmed cookie"));
        assertThat(cookie.status()).isEqualTo(200);
        assertThat(cookie.body()).isEqualTo(first.body());
        assertThat(cookie.headers("Set-Cookie")).containsExactly("front=number1");
        RawResponse last = cached.send(request("/confirmed"));
        assertThat(last.headers("Set-Cookie")).isEmpty();
        assertThat(last.body()).isEqualTo(first.body());
    }

    /** What a target in absolute form, or another spelling of the host, has an application say is said to nobody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/host LOCALHOST",
                "/host localhost.",
                "/host localhost:",
                "/host localhost:080",
                "http://LOCALHOST/host localhost",
                "http://localhost./host localhost",
                "http://localhost:81/host localhost",
                "https://localhost/host localhost",
                "http://evil.example/host localhost",
                "http://evil@localhost/host localhost"
            })
    void whoIsOnTheSameHostGetsWhatIsSaidOfIt(String odd) {
        RawRequest right = RawRequest.raw("GET /host HTTP/1.1", "Host: localhost", "Connection: close");
        String without = plain.send(right).bodyText();
        String[] words = odd.split(" ", -1);
        RawRequest poison = RawRequest.raw("GET " + words[0] + " HTTP/1.1", "Host: " + words[1], "Connection: close");
        cached.attempt(poison);
        assertThat(cached.send(right).bodyText()).isEqualTo(without);
        assertThat(cached.send(right).bodyText()).isEqualTo(without);
    }

    /** Nothing in its head tells that it has a body. */
    @Test
    void whatIsAnsweredByABodyOverHttp2IsAnsweredToNobodyElse() {
        try (CachedApplication application = new CachedApplication(http2, true)) {
            ask(application, form(false), Frame.data(1, true, "q=poison"));
            assertThat(ask(application, form(true))).isEqualTo("null");
            assertThat(ask(application, headers(1, true, "/parameter"))).isEqualTo("null");
        }
    }

    /** On a connection of its own: Tomcat ends one with many small frames. */
    private static String ask(CachedApplication application, Frame... frames) {
        try (FrameClient client = FrameClient.connect(application.port())) {
            return client.send(frames).await(1).body();
        }
    }

    @Test
    void overHttp2ItIsAnsweredAgainAsWell() {
        try (CachedApplication application = new CachedApplication(http2, true);
                FrameClient client = FrameClient.connect(application.port())) {
            client.send(headers(1, true, "/short-writer"));
            StreamEnd first = client.await(1);
            await().until(() -> application.cache().size() == 1);
            client.send(headers(3, true, "/short-writer"));
            StreamEnd second = client.await(3);
            assertThat(second.fields()).anyMatch(field -> field.contains("lintel; hit"));
            assertThat(second.body()).isEqualTo(first.body());
        }
    }

    private static Frame headers(int stream, boolean end, String path, String... more) {
        List<String> fields =
                new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":path", path, ":authority", "localhost"));
        fields.addAll(List.of(more));
        return Frame.headers(stream, end, fields.toArray(String[]::new));
    }

    private static Frame form(boolean end) {
        return headers(1, end, "/parameter", "content-type", "application/x-www-form-urlencoded");
    }
}
