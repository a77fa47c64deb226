package dev.lintel.filters.accesslog;

import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import java.util.List;

/** The options of an {@link AccessLogFilter}; checked by its builder. */
record AccessLogOptions(Format format, Query query, List<String> redact, LogFileOptions file) {

    static final AccessLogOptions DEFAULT = new AccessLogOptions(
            AccessLogCatalogue.FORMAT.otherwise(),
            AccessLogCatalogue.QUERY.otherwise(),
            AccessLogCatalogue.REDACT.otherwise(),
            LogFileOptions.DEFAULT);

    /** Copies the list. */
    AccessLogOptions {
        redact = List.copyOf(redact);
    }

    LineFormat lineFormat() {
        Redaction redaction = new Redaction(query, redact);
        return format == Format.JSON ? new JsonFormat(redaction) : new TextFormat(format == Format.COMBINED, redaction);
    }
}
