package dev.lintel.filters.accesslog;

import dev.lintel.Exchange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The common log format of NCSA's server ({@code %h %l %u %t "%r" %>s %b} in Apache's words) and the combined one, which adds
 * referrer and user agent. Times are UTC. What could end a field or a line is written {@code \xHH}, as nginx does.
 */
final class TextFormat implements LineFormat {

    /*
     * The most bytes of each field. All of them and what stands between make less than 4096: more than that some readers
     * (goaccess) take for two lines.
     */
    private static final int MOST_CLIENT = 96;
    private static final int MOST_USER = 256;
    private static final int MOST_METHOD = 64;
    private static final int MOST_TARGET = 1792;
    private static final int MOST_PROTOCOL = 32;
    private static final int MOST_FIELD = 832;

    private static final int NONE_SENT = 499;

    private final boolean combined;
    private final Redaction redaction;
    private final PerSecond time =
            new PerSecond(DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC)::format);

    TextFormat(boolean combined, Redaction redaction) {
        this.combined = combined;
        this.redaction = redaction;
    }

    @Override
    public void put(Exchange exchange, RequestEntry entry, LineBuffer line) {
        Redaction redacting = redaction.knowing(exchange.settings().credentialNames());
        Instant startedAt = exchange.startedAt();
        line.word(exchange.client().text(), MOST_CLIENT).ascii(" - ");
        line.word(exchange.caller() == null ? null : exchange.caller().subject(), MOST_USER);
        line.ascii(' ').ascii(time.text(startedAt.getEpochSecond())).ascii(" \"");
        putRequest(exchange, redacting, line);
        line.ascii("\" ").number(statusOf(exchange)).ascii(' ').number(LineFormat.sentBytes(exchange));
        if (combined) {
            line.ascii(" \"").quoted(redacting.url(entry.referer()), MOST_FIELD);
            line.ascii("\" \"").quoted(entry.userAgent(), MOST_FIELD).ascii('"');
        }
        line.ascii('\n');
    }

    /** Readers of these formats insist on a status; where none was sent they know nginx's name for that. */
    private static int statusOf(Exchange exchange) {
        return exchange.status() == 0 ? NONE_SENT : exchange.status();
    }

    private static void putRequest(Exchange exchange, Redaction redaction, LineBuffer line) {
        line.word(exchange.method(), MOST_METHOD).ascii(' ');
        String path = redaction.path(exchange.rawPath());
        String query = redaction.query(exchange.forwardedQuery());
        line.word(query == null ? path : path + '?' + query, MOST_TARGET);
        line.ascii(' ').word(exchange.protocol(), MOST_PROTOCOL);
    }
}
