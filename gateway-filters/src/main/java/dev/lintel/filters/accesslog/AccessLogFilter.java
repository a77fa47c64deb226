package dev.lintel.filters.accesslog;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.Time;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for every request, when it is over, whatever happened to it. Lines are written by a thread of their own; a
 * request never waits for a disk. What cannot be written is dropped and counted. No field of a request can end a line or a
 * field of it, and neither credentials in headers nor those in query parameters are logged. Thread-safe.
 */
public final class AccessLogFilter extends LintelFilter implements NonWaiting, Measured, Predictable {

    /** The form of a line. */
    public enum Format {
        /** The common log format. */
        COMMON,
        /** The common log format with referrer and user agent. */
        COMBINED,
        /** JSON with the names of the Elastic Common Schema. */
        JSON
    }

    /** What becomes of query text. */
    public enum Query {
        /** It is logged as it is, secrets included. */
        FULL,
        /** It is left out. */
        NONE,
        /** It is logged with the values of certain parameters masked. */
        REDACTED
    }

    private final Time time;
    private AccessLogOptions options;
    private LineFormat format;
    private @Nullable LogWriter writer;
    private boolean started;

    /** For {@code web.xml}: the options are the init-params. */
    public AccessLogFilter() {
        super(false);
        this.time = Time.system();
        this.options = AccessLogOptions.DEFAULT;
        this.format = options.lineFormat();
    }

    AccessLogFilter(AccessLogOptions options, Time time) {
        super(true);
        this.time = time;
        this.options = options;
        this.format = options.lineFormat();
    }

    /** Begins the description of a filter. */
    public static AccessLogFilterBuilder builder() {
        return new AccessLogFilterBuilder();
    }

    /** How many lines were not written since the file was opened, by this and any other filter that writes the same file. */
    public long dropped() {
        LogWriter current = writer;
        return current == null ? 0 : current.dropped();
    }

    @Override
    public void measure(Measures measures) {
        LogWriter current = writer;
        if (current != null && measures.isNew(current)) {
            measures.counter("gateway.accesslog.dropped", "Lines of the access log that were not written.", (double)
                    current.dropped());
        }
    }

    /** Has the file closed and opened by its name again, soon and on the writer's thread. */
    public void reopen() {
        LogWriter current = writer;
        if (current != null) {
            current.reopen();
        }
    }

    @Override
    public Stage stage() {
        return Stage.ACCESS_LOG;
    }

    @Override
    public OptionCatalogue catalogue() {
        return AccessLogCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        AccessLogFilterBuilder builder = builder()
                .format(params.value(AccessLogCatalogue.FORMAT))
                .file(params.value(AccessLogCatalogue.FILE))
                .query(params.value(AccessLogCatalogue.QUERY))
                .redact(params.value(AccessLogCatalogue.REDACT).toArray(String[]::new))
                .queueSize(params.value(AccessLogCatalogue.QUEUE_SIZE))
                .maxSize(params.value(AccessLogCatalogue.MAX_SIZE))
                .daily(params.value(AccessLogCatalogue.DAILY))
                .keep(params.value(AccessLogCatalogue.KEEP));
        options = builder.options(params.problems());
        format = options.lineFormat();
    }

    @Override
    protected void start(FilterConfig config) {
        if (!started) {
            writer = LogWriters.acquire(options.file(), time);
            started = true;
        }
    }

    @Override
    protected void stop() {
        LogWriter current = writer;
        if (started && current != null) {
            // kept, so that lines of requests that end later still are counted as dropped
            LogWriters.release(current);
            started = false;
        }
    }

    @Override
    protected boolean actsOnBareError() {
        return true;
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        exchange.onComplete(new RequestEntry(this, request.getHeader("Referer"), request.getHeader("User-Agent")));
        chain.doFilter(request, response);
    }

    /** Queues the line of an exchange that is over. Made here and not by the writer, so that only one thread touches it. */
    void log(Exchange exchange, RequestEntry entry) {
        LogWriter current = writer;
        if (current == null) {
            return;
        }
        LineBuffer line = current.line();
        format.put(exchange, entry, line);
        current.offer(line);
    }
}
