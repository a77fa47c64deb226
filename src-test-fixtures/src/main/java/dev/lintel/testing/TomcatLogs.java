package dev.lintel.testing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Tomcat's log off the console, and remembers the first exception logged by this thread while it starts an
 * application. {@code -Dlintel.test.logs=true} lets the log through.
 */
final class TomcatLogs extends Handler implements AutoCloseable {

    // Held, because the log manager forgets the settings of a logger nobody holds.
    private static final Logger TOMCAT = quiet();

    private final Thread thread = Thread.currentThread();
    private @Nullable Throwable firstThrown;

    private TomcatLogs() {}

    static TomcatLogs captured() {
        TomcatLogs logs = new TomcatLogs();
        TOMCAT.addHandler(logs);
        return logs;
    }

    private static Logger quiet() {
        Logger logger = Logger.getLogger("org.apache");
        if (!Boolean.getBoolean("lintel.test.logs")) {
            logger.setUseParentHandlers(false);
            logger.setLevel(Level.WARNING);
        }
        return logger;
    }

    /** The first exception that was logged; null if none was. */
    @Nullable
    Throwable firstThrown() {
        return firstThrown;
    }

    @Override
    public void publish(LogRecord record) {
        if (firstThrown == null && record.getThrown() != null && Thread.currentThread() == thread) {
            firstThrown = record.getThrown();
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        TOMCAT.removeHandler(this);
    }
}
