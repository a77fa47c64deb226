package dev.lintel.filters.accesslog;

import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import java.util.List;

/** The options of an {@link AccessLogFilter}; checked by its builder. */
record AccessLogOptions(Format format, Query query, List<String> redact, LogFileOptions file) {

    static final List<String> REDACTED = List.of(
            "access_token",
            "refresh_token",
            "id_token",
            "token",
            "jwt",
            "api_key",
            "X-API-Key",
            "Authorization",
            "auth_token",
            "subscription-key",
            "key",
            "secret",
            "client_secret",
            "client_assertion",
            "assertion",
            "password",
            "code",
            "sig",
            "signature",
            "X-Amz-Signature",
            "X-Amz-Security-Token",
            "jsessionid");

    static final AccessLogOptions DEFAULT =
            new AccessLogOptions(Format.COMBINED, Query.REDACTED, REDACTED, LogFileOptions.DEFAULT);

    /** Copies the list. */
    AccessLogOptions {
        redact = List.copyOf(redact);
    }

    LineFormat lineFormat() {
        Redaction redaction = new Redaction(query, redact);
        return format == Format.JSON ? new JsonFormat(redaction) : new TextFormat(format == Format.COMBINED, redaction);
    }
}
