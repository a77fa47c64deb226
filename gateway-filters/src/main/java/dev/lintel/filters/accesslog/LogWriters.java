package dev.lintel.filters.accesslog;

import dev.lintel.Time;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a file has one writer, however many filters name it. Thread-safe. */
final class LogWriters {

    private static final class Shared {
        final LogWriter writer;
        final LogFileOptions options;
        int users;

        Shared(LogWriter writer, LogFileOptions options) {
            this.writer = writer;
            this.options = options;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AccessLogFilter.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Map<String, Shared> OPEN = new HashMap<>();

    private LogWriters() {}

    /**
     * The writer of a file, opened now if nobody else has.
     *
     * @throws GatewayException if the file cannot be opened, or if another filter writes it by other options
     */
    static synchronized LogWriter acquire(LogFileOptions asked, Time time) {
        String name = asked.isStdout() ? asked.file() : fullName(asked.file());
        LogFileOptions options =
                new LogFileOptions(name, asked.queueSize(), asked.maxSize(), asked.daily(), asked.keep());
        Shared shared = OPEN.get(name);
        if (shared == null) {
            WriterTroubles troubles = new WriterTroubles(name, time, LOG::warn);
            LogTarget target = target(options, time, troubles);
            shared = new Shared(LogWriter.start(name, target, options.queueSize(), RETRY, troubles), options);
            OPEN.put(name, shared);
        } else if (!shared.options.equals(options)) {
            throw unusable(asked.file(), "the queueSize, maxSize, daily and keep of the other filter that writes it");
        }
        shared.users++;
        return shared.writer;
    }

    /** Closes a writer when its last user is gone, after it has written what waits, within 5 s. */
    static synchronized void release(LogWriter writer) {
        Shared shared = OPEN.get(writer.name());
        if (shared != null && shared.writer == writer && --shared.users == 0) {
            OPEN.remove(writer.name());
            writer.stop();
        }
    }

    private static LogTarget target(LogFileOptions options, Time time, WriterTroubles troubles) {
        if (options.isStdout()) {
            return new StandardOutput();
        }
        Path path = Path.of(options.file());
        try {
            return LogFile.open(path, time, rotation(options, path, time), troubles);
        } catch (IOException | RuntimeException failed) {
            throw unusable(options.file(), "a file that can be written; " + failed);
        }
    }

    private static Rotation rotation(LogFileOptions options, Path path, Time time) throws IOException {
        if (options.daily()) {
            return DailyRotation.of(path, time, options.keep());
        }
        return options.maxSize() > 0 ? new SizeRotation(options.maxSize(), options.keep()) : Rotation.NONE;
    }

    private static GatewayException unusable(String file, String expected) {
        return new GatewayException("AccessLogFilter", List.of(new Problem("file", file, expected)));
    }

    private static String fullName(String file) {
        Path path = Path.of(file).toAbsolutePath().normalize();
        Path directory = path.getParent();
        try {
            return directory == null
                    ? path.toString()
                    : directory
                            .toRealPath()
                            .resolve(String.valueOf(path.getFileName()))
                            .toString();
        } catch (IOException missing) {
            // opening it says what is wrong
            return path.toString();
        }
    }
}
