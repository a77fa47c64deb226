package dev.lintel.filters.accesslog;

import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** What an {@link AccessLogFilter} can be told. */
final class AccessLogCatalogue {

    static final Option<Format> FORMAT =
            Option.choice("format", Format.class, "the form of a line").or(Format.COMBINED);

    static final Option<String> FILE = Option.text(
                    "file",
                    "file, or `stdout`",
                    "a path, or stdout",
                    AccessLogCatalogue::isPath,
                    "where lines go; the directory must exist")
            .or(LogFileOptions.STDOUT);

    static final Option<Query> QUERY =
            Option.choice("query", Query.class, "what becomes of query text").or(Query.REDACTED);

    static final Option<List<String>> REDACT = Option.list(
                    "redact",
                    "parameter names",
                    "a name",
                    name -> !name.isEmpty(),
                    "the parameters whose values are masked when queries are redacted, in place of the usual ones,"
                            + " beside those that filters take credentials from")
            .or(List.of(
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
                    "jsessionid"))
            .orInWords("tokens, keys and passwords by their usual names");

    static final Option<Long> QUEUE_SIZE = Option.number(
                    "queueSize",
                    16,
                    1 << 20,
                    "the most lines that wait for being written; what comes beyond is dropped and counted")
            .or(8192L);

    static final Option<Long> MAX_SIZE = Option.sizeOrZero(
                    "maxSize", 64 << 10, Long.MAX_VALUE, "the size beyond which a file is rotated; `0` for never")
            .or(0L);

    static final Option<Boolean> DAILY =
            Option.flag("daily", false, "whether a file is rotated when the day ends (UTC)");

    static final Option<Long> KEEP = Option.number("keep", 1, 1000, "how many files that were rotated are kept")
            .or(7L);

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "accessLog",
            "writes one line for every request",
            FORMAT,
            FILE,
            QUERY,
            REDACT,
            QUEUE_SIZE,
            MAX_SIZE,
            DAILY,
            KEEP);

    private AccessLogCatalogue() {}

    private static boolean isPath(String text) {
        try {
            return !text.isBlank() && Path.of(text).getFileName() != null;
        } catch (InvalidPathException malformed) {
            return false;
        }
    }
}
