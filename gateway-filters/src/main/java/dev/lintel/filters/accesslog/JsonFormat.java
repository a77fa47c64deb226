package dev.lintel.filters.accesslog;

import dev.lintel.Attempt;
import dev.lintel.Exchange;
import dev.lintel.identity.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line, with the names of the Elastic Common Schema and {@code gateway.*} beside them. What is not known is
 * left out. Times are UTC, durations nanoseconds.
 */
final class JsonFormat implements LineFormat {

    /** The most characters taken of any one text; what is longer ends in {@code ...}. */
    private static final int MOST = 8192;

    private final Redaction redaction;
    private final PerSecond time = new PerSecond(
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC)::format);

    JsonFormat(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public void put(Exchange exchange, RequestEntry entry, LineBuffer line) {
        Instant startedAt = exchange.startedAt();
        int millis = startedAt.getNano() / 1_000_000;
        line.ascii("{\"@timestamp\":\"").ascii(time.text(startedAt.getEpochSecond()));
        line.ascii((char) ('0' + millis / 100)).ascii((char) ('0' + millis / 10 % 10));
        line.ascii((char) ('0' + millis % 10)).ascii("Z\",\"ecs.version\":\"8.11.0\"");
        number(line, "event.duration", exchange.elapsedNanos());
        putRequest(exchange, entry, redaction.knowing(exchange.settings().credentialNames()), line);
        putClient(exchange, line);
        if (exchange.status() != 0) {
            number(line, "http.response.status_code", exchange.status());
        }
        number(line, "http.response.body.bytes", LineFormat.sentBytes(exchange));
        putGateway(exchange, line);
        line.ascii("}\n");
    }

    private static void putRequest(Exchange exchange, RequestEntry entry, Redaction redaction, LineBuffer line) {
        text(line, "http.request.id", exchange.requestId());
        text(line, "http.request.method", exchange.method());
        text(line, "http.request.referrer", redaction.url(entry.referer()));
        if (exchange.requestBytes() > 0) {
            number(line, "http.request.body.bytes", exchange.requestBytes());
        }
        String protocol = exchange.protocol();
        text(line, "http.version", protocol.startsWith("HTTP/") ? protocol.substring(5) : protocol);
        text(line, "url.scheme", exchange.scheme());
        text(
                line,
                "url.domain",
                exchange.authority() == null ? null : exchange.authority().host());
        text(line, "url.path", redaction.path(exchange.rawPath()));
        text(line, "url.query", redaction.query(exchange.forwardedQuery()));
        text(line, "user_agent.original", entry.userAgent());
    }

    private static void putClient(Exchange exchange, LineBuffer line) {
        // an ip field that holds anything else would have the whole line refused by an index
        text(
                line,
                exchange.client().address() == null ? "client.address" : "client.ip",
                exchange.client().text());
        text(line, "source.address", exchange.peer());
        Caller caller = exchange.caller();
        if (caller != null) {
            text(line, "user.id", caller.subject());
            text(line, "gateway.consumer.id", caller.consumer());
        }
    }

    private static void putGateway(Exchange exchange, LineBuffer line) {
        text(
                line,
                "gateway.route.id",
                exchange.route() == null ? null : exchange.route().name());
        List<Attempt> attempts = exchange.attempts();
        if (!attempts.isEmpty()) {
            Attempt last = attempts.get(attempts.size() - 1);
            long nanos = 0;
            for (int i = 0; i < attempts.size(); i++) {
                nanos += attempts.get(i).durationNanos();
            }
            text(line, "gateway.upstream.id", last.upstream());
            line.ascii(",\"gateway.upstream.address\":\"").ascii(last.target().host());
            line.ascii(':').number(last.target().port()).ascii('"');
            number(line, "gateway.upstream.duration", nanos);
            number(line, "gateway.upstream.attempts", attempts.size());
        }
        text(
                line,
                "gateway.rejection",
                exchange.rejection() == null ? null : exchange.rejection().rule());
        text(line, "gateway.failure", exchange.failure());
    }

    private static void text(LineBuffer line, String name, @Nullable String value) {
        if (value != null) {
            line.ascii(",\"").ascii(name).ascii("\":").json(value, MOST);
        }
    }

    private static void number(LineBuffer line, String name, long value) {
        line.ascii(",\"").ascii(name).ascii("\":").number(value);
    }
}
