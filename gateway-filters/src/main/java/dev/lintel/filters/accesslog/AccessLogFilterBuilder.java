package dev.lintel.filters.accesslog;

import static java.util.Objects.requireNonNull;

import dev.lintel.Time;
import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import dev.lintel.option.Problems;
import java.nio.file.Path;
import java.util.List;

/** Describes an {@link AccessLogFilter}. Not thread-safe. */
public final class AccessLogFilterBuilder {

    private Format format = AccessLogCatalogue.FORMAT.otherwise();
    private Query query = AccessLogCatalogue.QUERY.otherwise();
    private List<String> redact = AccessLogCatalogue.REDACT.otherwise();
    private String file = AccessLogCatalogue.FILE.otherwise();
    private long queueSize = AccessLogCatalogue.QUEUE_SIZE.otherwise();
    private long maxSize = AccessLogCatalogue.MAX_SIZE.otherwise();
    private boolean daily = AccessLogCatalogue.DAILY.otherwise();
    private long keep = AccessLogCatalogue.KEEP.otherwise();
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

    /** The size in bytes beyond which a file is rotated, 65536 or more; 0, the default, for never. */
    public AccessLogFilterBuilder maxSize(long bytes) {
        this.maxSize = bytes;
        return this;
    }

    /** Whether a file is rotated when the day ends (UTC); not by default. */
    public AccessLogFilterBuilder daily(boolean everyDay) {
        this.daily = everyDay;
        return this;
    }

    /** How many files that were rotated are kept, 1 to 1000; 7 by default. */
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
        AccessLogCatalogue.FILE.check(file, problems);
        AccessLogCatalogue.REDACT.check(redact, problems);
        AccessLogCatalogue.QUEUE_SIZE.check(queueSize, problems);
        AccessLogCatalogue.MAX_SIZE.check(maxSize, problems);
        problems.require(maxSize == 0 || !daily, "maxSize", maxSize, "0 beside daily: one way of rotating");
        AccessLogCatalogue.KEEP.check(keep, problems);
        boolean rotates = maxSize > 0 || daily;
        problems.require(
                !rotates || !file.equals(LogFileOptions.STDOUT), "file", file, "a path, beside maxSize or daily");
        return new AccessLogOptions(
                format, query, redact, new LogFileOptions(file, (int) queueSize, maxSize, daily, (int) keep));
    }
}
