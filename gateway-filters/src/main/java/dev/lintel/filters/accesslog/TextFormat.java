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
        Instant startedAt = exchange.startedAt();
        line.word(exchange.client().text(), MOST).ascii(" - ");
        line.word(exchange.caller() == null ? null : exchange.caller().subject(), MOST);
        line.ascii(' ').ascii(time.text(startedAt.getEpochSecond())).ascii(" \"");
        putRequest(exchange, line);
        line.ascii("\" ").number(exchange.status()).ascii(' ').number(LineFormat.sentBytes(exchange));
        if (combined) {
            line.ascii(" \"").quoted(redaction.url(entry.referer()), MOST);
            line.ascii("\" \"").quoted(entry.userAgent(), MOST).ascii('"');
        }
        line.ascii('\n');
    }

    private void putRequest(Exchange exchange, LineBuffer line) {
        line.word(exchange.method(), MOST).ascii(' ').word(redaction.path(exchange.rawPath()), MOST);
        String query = redaction.query(exchange.forwardedQuery());
        if (query != null) {
            line.ascii('?');
            if (!query.isEmpty()) {
                line.word(query, MOST);
            }
        }
        line.ascii(' ').word(exchange.protocol(), MOST);
    }
}
