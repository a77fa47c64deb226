package dev.lintel.server;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import java.time.Duration;

/** What a server can be told by texts; what is an object in code ({@code reloader}, a key store) is not here. */
final class ServerCatalogue {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    static final Option<String> HOST =
            address("host", "the address to listen on").orInWords("all addresses");
    static final Option<Long> PORT = Option.number("port", 0, 65_535, "the port to listen on; `0` for any free one")
            .or(8080L);
    static final Option<OptionReader> TLS =
            Option.group("tls", TlsCatalogue.ALL, "HTTPS, see [TLS](tls.md)").orInWords("off");
    static final Option<Long> REDIRECT_PORT = Option.number(
                    "redirectPort", 0, 65_535, "a port of clear text that redirects to HTTPS; `0` for any free one")
            .orInWords("none");
    static final Option<Long> REDIRECT_PUBLIC_PORT = Option.number(
                    "redirectPublicPort", 0, 65_535, "where clients know HTTPS by; `0` for the server's own port")
            .or(0L)
            .inCode("redirectPort");
    static final Option<Boolean> HTTP2 = Option.flag("http2", false, "HTTP/2 by ALPN beside HTTP/1.1, with TLS");
    static final Option<Boolean> HTTP2_CLEAR_TEXT = Option.flag(
            "http2ClearText", false, "HTTP/2 beside HTTP/1.1 to clients that begin with its preface, without TLS");
    static final Option<Long> MAX_STREAMS = Option.number(
                    "maxStreams",
                    1,
                    10_000,
                    "requests at once on one HTTP/2 connection; further ones are refused with `REFUSED_STREAM`")
            .or(100L);
    static final Option<Boolean> ONE_LOOP = Option.flag(
            "oneLoop", true, "one thread does all of a request that does not wait, see [Threads](#threads)");
    static final Option<Duration> HOLD_UP_WARNING = Option.duration(
                    "holdUpWarning",
                    Duration.ofMillis(2),
                    DAY,
                    "logs which filter takes longer than this on such a thread")
            .orInWords("off");
    static final Option<Boolean> SNI_CHECK =
            Option.flag("sniCheck", true, "421 for a host that the certificate is not for");
    static final Option<String> ADMIN_HOST = address(
                    "adminHost", "where the admin port listens; its answers need no credential")
            .or("127.0.0.1");
    static final Option<String> ADMIN_PORT = Option.text(
                    "adminPort",
                    "number, or `none`",
                    "a whole number from 0 to 65535, or none",
                    ServerCatalogue::isAdminPort,
                    "`/health`, `/ready` and `/reload`; in code `withoutAdminPort()` leaves it out")
            .orInWords("10 above the port")
            .inCode("adminPort", "withoutAdminPort");
    static final Option<Long> MAX_HEAD_SIZE =
            size("maxHeadSize", 1024, "of a request's head; beyond it 431").or(16L << 10);
    static final Option<Long> MAX_HEADER_FIELDS =
            Option.number("maxHeaderFields", 1, 10_000, "beyond it 431").or(100L);
    static final Option<Long> MAX_URI_LENGTH = size("maxUriLength", 1, "of a request's path and query; beyond it 414")
            .or(8L << 10);
    static final Option<Long> MAX_RESPONSE_HEAD_SIZE =
            size("maxResponseHeadSize", 1024, "of an answer's head").or(32L << 10);
    static final Option<Long> MAX_CONNECTIONS = Option.number(
                    "maxConnections", 1, 1_000_000, "further ones wait in the system's backlog")
            .or(10_000L);
    static final Option<Long> MAX_THREADS =
            Option.number("maxThreads", 10, 100_000, "that handle requests").or(200L);
    static final Option<Duration> HEAD_TIMEOUT = Option.duration(
                    "headTimeout",
                    MILLISECOND,
                    DAY,
                    "for a whole head, for a TLS handshake, and for what is posted to the admin port")
            .or(Duration.ofSeconds(10));
    static final Option<Duration> IDLE_TIMEOUT = Option.duration(
                    "idleTimeout", MILLISECOND, DAY, "without a byte on a connection")
            .or(Duration.ofSeconds(30));
    static final Option<Duration> DRAIN_DELAY = Option.duration(
                    "drainDelay",
                    Duration.ZERO,
                    DAY,
                    "how long it goes on listening while it says that it is not ready")
            .or(Duration.ZERO);
    static final Option<Duration> STOP_TIMEOUT = Option.duration(
                    "stopTimeout", Duration.ZERO, DAY, "for requests in flight once it has stopped listening")
            .or(Duration.ofSeconds(30));
    static final Option<Boolean> STOP_ON_SHUTDOWN_SIGNAL =
            Option.flag("stopOnShutdownSignal", false, "stops gracefully on SIGTERM and SIGINT");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "server",
            "where and how a server listens, and what bounds it",
            HOST,
            PORT,
            TLS,
            REDIRECT_PORT,
            REDIRECT_PUBLIC_PORT,
            HTTP2,
            HTTP2_CLEAR_TEXT,
            MAX_STREAMS,
            ONE_LOOP,
            HOLD_UP_WARNING,
            SNI_CHECK,
            ADMIN_HOST,
            ADMIN_PORT,
            MAX_HEAD_SIZE,
            MAX_HEADER_FIELDS,
            MAX_URI_LENGTH,
            MAX_RESPONSE_HEAD_SIZE,
            MAX_CONNECTIONS,
            MAX_THREADS,
            HEAD_TIMEOUT,
            IDLE_TIMEOUT,
            DRAIN_DELAY,
            STOP_TIMEOUT,
            STOP_ON_SHUTDOWN_SIGNAL);

    private ServerCatalogue() {}

    private static Option<String> address(String name, String meaning) {
        return Option.text(name, "address or host name", "an address or a host name", text -> !text.isBlank(), meaning);
    }

    private static Option<Long> size(String name, long least, String meaning) {
        return Option.size(name, least, 1 << 20, meaning);
    }

    private static boolean isAdminPort(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return text.equals("none") || digits && Integer.parseInt(text) <= 65_535;
    }
}
