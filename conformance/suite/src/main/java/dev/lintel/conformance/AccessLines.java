package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lines of an access log in JSON as they are written. Not thread-safe. */
final class AccessLines {

    private static final String ID = "\"http.request.id\":\"";

    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private long read;

    AccessLines(Path file) {
        this.file = file;
    }

    /** How many lines there are by now. */
    int count() {
        readOn();
        return lines.size();
    }

    /** Waits for the line of that request and returns all its lines, from an index on. */
    List<String> awaitLinesOf(String requestId, int since) {
        String wanted = ID + requestId + '"';
        List<String> found = new ArrayList<>();
        await("line of request " + requestId)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> {
                    readOn();
                    found.clear();
                    lines.stream()
                            .skip(since)
                            .filter(line -> line.contains(wanted))
                            .forEach(found::add);
                    assertThat(found).isNotEmpty();
                });
        return found;
    }

    /** The lines of that request there are by now. */
    List<String> linesOf(String requestId) {
        readOn();
        return lines.stream()
                .filter(line -> line.contains(ID + requestId + '"'))
                .toList();
    }

    /** Whether one of the first lines is of that request. */
    boolean hasLineBefore(int number, String requestId) {
        return lines.stream().limit(number).anyMatch(line -> line.contains(ID + requestId + '"'));
    }

    /** Waits until there are more lines than that. */
    void awaitMoreThan(int number) {
        await("more than " + number + " lines")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(from(0)).hasSizeGreaterThan(number));
    }

    /** The lines from that one on. */
    List<String> from(int index) {
        readOn();
        return List.copyOf(lines.subList(index, lines.size()));
    }

    /** The id that a line names; empty if none. */
    static String idOf(String line) {
        int start = line.indexOf(ID);
        return start < 0 ? "" : line.substring(start + ID.length(), line.indexOf('"', start + ID.length()));
    }

    private void readOn() {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            byte[] fresh = new byte[(int) (access.length() - read)];
            access.seek(read);
            access.readFully(fresh);
            int end = fresh.length;
            while (end > 0 && fresh[end - 1] != '\n') {
                end--;
            }
            read += end;
            String text = new String(fresh, 0, end, StandardCharsets.UTF_8);
            int from = 0;
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
                lines.add(text.substring(from, at));
                from = at + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
