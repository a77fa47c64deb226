package dev.lintel.filters.accesslog;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.lintel.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A log file that follows its name: when it was renamed or removed, as logrotate does, it is opened anew within a second.
 * Confined to the writer's thread.
 */
final class LogFile implements LogTarget {

    private static final long BETWEEN_CHECKS = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_FAILED_ROTATION = TimeUnit.MINUTES.toNanos(1);

    private final Path path;
    private final Time time;
    private final Rotation rotation;
    private final WriterTroubles troubles;
    private final Opener opener;
    private SeekableByteChannel channel;
    private @Nullable Object key;
    private long checkedAt;
    private long rotatableAt;
    private boolean torn;

    /** Opens a file for appending, made if it does not exist. */
    interface Opener {
        SeekableByteChannel open(Path path) throws IOException;
    }

    private LogFile(Path path, Time time, Rotation rotation, WriterTroubles troubles, Opener opener)
            throws IOException {
        this.path = path;
        this.time = time;
        this.rotation = rotation;
        this.troubles = troubles;
        this.opener = opener;
        this.channel = opener.open(path);
        this.key = attributes().fileKey();
        this.checkedAt = time.nanos().getAsLong();
        this.rotatableAt = checkedAt;
    }

    static LogFile open(Path path, Time time, Rotation rotation, WriterTroubles troubles) throws IOException {
        return open(path, time, rotation, troubles, file -> Files.newByteChannel(file, CREATE, WRITE, APPEND));
    }

    static LogFile open(Path path, Time time, Rotation rotation, WriterTroubles troubles, Opener opener)
            throws IOException {
        return new LogFile(path, time, rotation, troubles, opener);
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        long now = time.nanos().getAsLong();
        if (now - checkedAt >= BETWEEN_CHECKS) {
            checkedAt = now;
            if (!isWhatItsNameSays()) {
                reopen();
            }
        }
        if (now - rotatableAt >= 0 && rotation.isDue(channel.size(), lines.remaining())) {
            rotate(now);
        }
        append(lines);
    }

    @Override
    public void reopen() {
        SeekableByteChannel before = channel;
        try {
            SeekableByteChannel opened = opener.open(path);
            channel = opened;
            torn = false;
            key = attributes().fileKey();
            before.close();
        } catch (IOException failed) {
            // a renamed file can still be written: better there than nowhere
            troubles.notOpenedAgain(failed);
        }
    }

    private void rotate(long now) {
        try {
            rotation.putAside(path);
        } catch (IOException failed) {
            rotatableAt = now + AFTER_FAILED_ROTATION;
            troubles.notPutAside(failed);
        }
        reopen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean isWhatItsNameSays() throws IOException {
        try {
            return Objects.equals(key, attributes().fileKey());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private void append(ByteBuffer lines) throws IOException {
        if (torn) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            torn = false;
        }
        long before = channel.size();
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (IOException failed) {
            takeBack(before);
            throw failed;
        }
    }

    /** A full disk takes half a line; the next one must not continue it. */
    private void takeBack(long size) {
        try {
            channel.truncate(size);
        } catch (IOException cannot) {
            torn = true;
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }
}
