package dev.lintel.benchmarks.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is asked of every gateway. */
enum Scenario {
    /** A GET that is answered with 755 bytes. */
    GET("GET, 755-byte answer", "GET", "/small", 0),
    /** A POST with 2 KiB. */
    POST("POST of 2 KiB", "POST", "/small", 2048),
    /** A GET that is answered with 16 KiB. */
    K16("GET, 16-KiB answer", "GET", "/16k", 0),
    /** A GET that is answered with 64 MiB. */
    DOWNLOAD("GET, 64-MiB answer", "GET", "/64m", 0),
    /** A PUT with 64 MiB. */
    UPLOAD("PUT of 64 MiB", "PUT", "/upload", Scenario.LARGE),
    /** The GET beside 5,000 connections that are idle. */
    IDLE("GET beside 5,000 idle connections", "GET", "/small", 0),
    /** The GET at a fixed rate, timed from when each request was due. */
    LATENCY("GET at a fixed rate", "GET", "/small", 0),
    /** A thousand streams of ten events a second each; what is counted as a request is one event. */
    EVENTS("1,000 streams of events, for an event", "GET", "/events", 0),
    /** The GET over TLS, on kept connections. */
    TLS("GET over TLS, 755-byte answer", "GET", "/small", 0),
    /** The GET over HTTP/2 and TLS, four at a time on each connection. */
    HTTP2("GET over HTTP/2, 755-byte answer", "GET", "/small", 0),
    /** From the start of the process to its first answer. */
    START("start", "GET", "/small", 0);

    /** Bytes of a large body, there or back. */
    static final int LARGE = 64 << 20;

    final String title;
    final String method;
    final String path;
    final int body;

    Scenario(String title, String method, String path, int body) {
        this.title = title;
        this.method = method;
        this.path = path;
        this.body = body;
    }

    /** Whether clients speak TLS, which other gateways listen for. */
    boolean isSecure() {
        return this == TLS || this == HTTP2;
    }

    /** Whether what counts is the body, of {@link #LARGE} bytes. */
    boolean isLarge() {
        return this == DOWNLOAD || this == UPLOAD;
    }

    private String word() {
        return this == K16 ? "16k" : name().toLowerCase(Locale.ROOT);
    }

    static String names() {
        return Arrays.stream(values()).map(Scenario::word).collect(Collectors.joining(","));
    }

    static List<Scenario> parse(String words) {
        return Arrays.stream(words.split(",", -1)).map(Scenario::named).toList();
    }

    private static Scenario named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }
}
