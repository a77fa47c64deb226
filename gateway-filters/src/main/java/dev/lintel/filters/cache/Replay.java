package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.filter.ExchangeResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers with what is kept. Whatever filters in front have to say in the head is beside it, as it is beside the answer of a
 * destination.
 *
 * @param exchange the facts
 * @param request the request, as this filter got it
 * @param response its response, as this filter got it
 * @param asked what it asks for
 */
record Replay(Exchange exchange, HttpServletRequest request, HttpServletResponse response, Asked asked) {

    /** Up to here containers take a body without having to wait for the client, if they are not told how long it is. */
    private static final int SMALL = 2048;

    /** What is said to who has the rest (RFC 9110 section 15.4.5), and what a confirmation says to one client alone. */
    private static final Set<String> UNCHANGED =
            Set.of("cache-control", "content-location", "date", "etag", "expires", "set-cookie", "vary");

    /** Whether who asks has it already. */
    boolean isUnchanged(StoredResponse stored) {
        return stored.status() == 200
                && stored.validators()
                        .fulfil(
                                asked.condition(),
                                exchange.settings().time().wall().instant());
    }

    /**
     * Answers, and returns at once unless the request cannot go asynchronous.
     *
     * @param told what Cache-Status says; null for nothing
     */
    void send(StoredResponse stored, @Nullable String told) throws IOException {
        int length = head(stored, told);
        if (length == 0) {
            return;
        }
        if (length > SMALL && request.isAsyncSupported()) {
            response.setContentLengthLong(length);
            AsyncContext async = request.startAsync(request, response);
            // how long a client may take is for the container's limits of connections to say
            async.setTimeout(0);
            write(stored.body(), async::complete);
        } else {
            if (length > SMALL || isCoded()) {
                response.setContentLengthLong(length);
            }
            stored.body().write(response.getOutputStream(), 0, length);
        }
    }

    /** Whether somebody in front changes bodies, and goes by how long they are. */
    private boolean isCoded() {
        return response instanceof ExchangeResponse view && view.unwrapped() instanceof ServletResponseWrapper;
    }

    /** The same for a response that goes nowhere. */
    void foretell(StoredResponse stored, @Nullable String told) throws IOException {
        int length = head(stored, told);
        if (length > 0) {
            stored.body().write(response.getOutputStream(), 0, length);
        }
    }

    /** The same where the request is asynchronous already. */
    void send(StoredResponse stored, @Nullable String told, Runnable then) throws IOException {
        int length = head(stored, told);
        if (length == 0) {
            then.run();
        } else {
            response.setContentLengthLong(length);
            write(stored.body(), then);
        }
    }

    private void write(StoredBody body, Runnable then) throws IOException {
        ServletOutputStream output = response.getOutputStream();
        output.setWriteListener(new BodyWriter(exchange, output, body, then));
    }

    /** Writes the head; how much body follows. */
    private int head(StoredResponse stored, @Nullable String told) {
        boolean unchanged = isUnchanged(stored);
        response.setStatus(unchanged ? 304 : stored.status());
        List<HeaderField> fields = stored.fields();
        boolean tagged = ResponseHead.first(fields, "ETag") != null;
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            if (!unchanged || isSaid(field.name(), tagged)) {
                write(field);
            }
        }
        long now = exchange.settings().time().nanos().getAsLong();
        response.setHeader("Age", Long.toString(stored.freshness().age(now)));
        if (told != null) {
            response.addHeader("Cache-Status", told);
        }
        exchange.status(response.getStatus());
        if (unchanged) {
            return 0;
        }
        if (asked.head() && stored.status() != 204) {
            response.setContentLengthLong(stored.body().length());
        }
        return asked.head() ? 0 : stored.body().length();
    }

    private void write(HeaderField field) {
        // these the container says by itself
        boolean theirs = field.name().equalsIgnoreCase("Date") || field.name().equalsIgnoreCase("Server");
        if (theirs) {
            response.setHeader(field.name(), field.value());
        } else {
            response.addHeader(field.name(), field.value());
        }
    }

    private static boolean isSaid(String name, boolean tagged) {
        String folded = name.toLowerCase(Locale.ROOT);
        return UNCHANGED.contains(folded) || !tagged && folded.equals("last-modified");
    }
}
