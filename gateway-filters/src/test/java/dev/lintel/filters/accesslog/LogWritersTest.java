package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Time;
import dev.lintel.option.GatewayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWritersTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void sharesOneWriterForAFileHoweverItIsNamed() throws IOException {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("logs")));
        LogWriter one = acquire(directory.resolve("logs/a.log").toString());
        LogWriter two = acquire(directory + "/logs/../logs/a.log");
        LogWriter three = acquire(link.resolve("a.log").toString());
        LogWriter other = acquire(directory.resolve("logs/b.log").toString());
        assertThat(two).isSameAs(one).isSameAs(three).isNotSameAs(other);

        LogWriters.release(one);
        LogWriters.release(two);
        three.offer(new LineBuffer().ascii("still open\n"));
        LogWriters.release(three);
        assertThat(directory.resolve("logs/a.log")).hasContent("still open\n");
        LogWriters.release(other);
    }

    @Test
    void opensAFileAgainAfterItsLastUserIsGone() {
        String file = directory.resolve("a.log").toString();
        LogWriter first = acquire(file);
        first.offer(new LineBuffer().ascii("1\n"));
        LogWriters.release(first);
        LogWriter second = acquire(file);
        assertThat(second).isNotSameAs(first);
        second.offer(new LineBuffer().ascii("2\n"));
        // once too often is no harm to whoever came later
        LogWriters.release(first);
        LogWriters.release(second);
        assertThat(Path.of(file)).hasContent("1\n2\n");
    }

    @Test
    void refusesOneFileWithTwoSetsOfOptions() {
        String file = directory.resolve("a.log").toString();
        LogWriter writer = acquire(file);
        assertThatThrownBy(() -> LogWriters.acquire(new LogFileOptions(file, 8192, 1 << 20, false, 7), Time.system()))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("file: " + file
                        + " (expected: the queueSize, maxSize, daily and keep of the other filter that writes it)");
        LogWriters.release(writer);
    }

    @Test
    void namesAFileThatCannotBeOpened() {
        String file = directory.resolve("missing/a.log").toString();
        assertThatThrownBy(() -> acquire(file))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("file: " + file + " (expected: a file that can be written");
        assertThatThrownBy(() -> acquire(directory.toString())).hasMessageContaining("file: " + directory);
    }

    private static LogWriter acquire(String file) {
        return LogWriters.acquire(new LogFileOptions(file, 8192, 0, false, 7), Time.system());
    }
}
