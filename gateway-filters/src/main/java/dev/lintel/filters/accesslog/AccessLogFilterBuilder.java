package dev.lintel.filters.accesslog;

import static java.util.Objects.requireNonNull;

import dev.lintel.Time;
import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import dev.lintel.option.Problems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Describes an {@link AccessLogFilter}. Not thread-safe. */
public final class AccessLogFilterBuilder {

    private static final int LEAST_QUEUE = 16;
    private static final int MOST_QUEUE = 1 << 20;
    private static final long LEAST_SIZE = 64 << 10;
    private static final int MOST_KEPT = 1000;

    private Format format = AccessLogOptions.DEFAULT.format();
    private Query query = AccessLogOptions.DEFAULT.query();
    private List<String> redact = AccessLogOptions.DEFAULT.redact();
    private String file = LogFileOptions.DEFAULT.file();
    private long queueSize = LogFileOptions.DEFAULT.queueSize();
    private long maxSize = LogFileOptions.DEFAULT.maxSize();
    private boolean daily = LogFileOptions.DEFAULT.daily();
    private long keep = LogFileOptions.DEFAULT.keep();
    private Time time = Time.system();

    AccessLogFilterBuilder() {}

    /** The form of a line; combined by default. */
    public AccessLogFilterBuilder format(Format form) {
        this.format = requireNonNull(form, "form");
        return this;
    }

    /** Where lines go: a path, whose directory must exist, or {@code stdout}, the default. */
    public AccessLogFilterBuilder file(String pathOrStdout) {
        this.file = requireNonNull(pathOrStdout, "pathOrStdout");
        return this;
    }

    /** Where lines go; the directory must exist. */
    public AccessLogFilterBuilder file(Path path) {
        return file(path.toAbsolutePath().toString());
    }

    /** What becomes of query text; redacted by default. */
    public AccessLogFilterBuilder query(Query policy) {
        this.query = requireNonNull(policy, "policy");
        return this;
    }

    /** The parameters whose values are masked when queries are redacted, in place of the default ones. */
    public AccessLogFilterBuilder redact(String... names) {
        this.redact = List.of(names);
        return this;
    }

    /** The most lines that wait for being written, 16 to 1048576; 8192 by default. What comes beyond is counted and dropped. */
    public AccessLogFilterBuilder queueSize(long lines) {
        this.queueSize = lines;
        return this;
    }

    /** The size in bytes beyond which a file is put aside, 65536 or more; 0, the default, for never. */
    public AccessLogFilterBuilder maxSize(long bytes) {
        this.maxSize = bytes;
        return this;
    }

    /** Whether a file is put aside when the day ends (UTC); not by default. */
    public AccessLogFilterBuilder daily(boolean everyDay) {
        this.daily = everyDay;
        return this;
    }

    /** How many files that were put aside are kept, 1 to 1000; 7 by default. */
    public AccessLogFilterBuilder keep(long files) {
        this.keep = files;
        return this;
    }

    AccessLogFilterBuilder time(Time clocks) {
        this.time = clocks;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public AccessLogFilter build() {
        Problems problems = new Problems();
        AccessLogOptions options = options(problems);
        problems.throwIfAny("AccessLogFilter");
        return new AccessLogFilter(options, time);
    }

    AccessLogOptions options(Problems problems) {
        problems.require(isPath(file), "file", file, "a path, or stdout");
        problems.require(
                queueSize >= LEAST_QUEUE && queueSize <= MOST_QUEUE,
                "queueSize",
                queueSize,
                LEAST_QUEUE + " to " + MOST_QUEUE + " lines");
        problems.require(maxSize == 0 || maxSize >= LEAST_SIZE, "maxSize", maxSize, "0, or 64KiB or more");
        problems.require(maxSize == 0 || !daily, "maxSize", maxSize, "0 beside daily: one way of rotating");
        problems.require(keep >= 1 && keep <= MOST_KEPT, "keep", keep, "1 to " + MOST_KEPT + " files");
        boolean rotates = maxSize > 0 || daily;
        problems.require(
                !rotates || !file.equals(LogFileOptions.STDOUT), "file", file, "a path, beside maxSize or daily");
        return new AccessLogOptions(
                format, query, redact, new LogFileOptions(file, (int) queueSize, maxSize, daily, (int) keep));
    }

    private static boolean isPath(String text) {
        try {
            return !text.isBlank() && Path.of(text).getFileName() != null;
        } catch (InvalidPathException malformed) {
            return false;
        }
    }
}
