package dev.lintel.filters.accesslog;

/**
 * Where lines go and how many wait. Filters that write the same file must agree on all of it.
 *
 * @param file a path, or {@value #STDOUT}
 * @param queueSize the most lines that wait for being written
 * @param maxSize the size in bytes beyond which a file is rotated; 0 for never
 * @param daily whether a file is rotated when the (UTC) day ends
 * @param keep how many files that were rotated are kept
 */
record LogFileOptions(String file, int queueSize, long maxSize, boolean daily, int keep) {

    static final String STDOUT = "stdout";

    static final LogFileOptions DEFAULT = new LogFileOptions(
            AccessLogCatalogue.FILE.otherwise(),
            AccessLogCatalogue.QUEUE_SIZE.otherwise().intValue(),
            AccessLogCatalogue.MAX_SIZE.otherwise(),
            AccessLogCatalogue.DAILY.otherwise(),
            AccessLogCatalogue.KEEP.otherwise().intValue());

    boolean isStdout() {
        return file.equals(STDOUT);
    }
}
