package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.Time;
import dev.lintel.testing.MutableClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final int KIB = 1024;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T22:00:00Z"));
    private final Time time = new Time(clock, clock.monotonic());
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private @Nullable LogFile file;

    @AfterEach
    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Test
    void appendsToAFileThatExists() throws IOException {
        Files.writeString(path(), "before\n");
        open(Rotation.NONE);
        write("after\n");
        assertThat(path()).hasContent("before\nafter\n");
    }

    @Test
    void followsItsNameWithinASecondOfARename() throws IOException {
        open(Rotation.NONE);
        write("1\n");
        Files.move(path(), directory.resolve("access.log.1"));
        write("2\n");
        clock.advance(Duration.ofSeconds(1));
        write("3\n");
        assertThat(directory.resolve("access.log.1")).hasContent("1\n2\n");
        assertThat(path()).hasContent("3\n");
    }

    @Test
    void followsItsNameToAFileThatLogrotateCreated() throws IOException {
        open(Rotation.NONE);
        write("1\n");
        Files.move(path(), directory.resolve("access.log.1"));
        Files.createFile(path());
        clock.advance(Duration.ofSeconds(1));
        write("2\n");
        assertThat(directory.resolve("access.log.1")).hasContent("1\n");
        assertThat(path()).hasContent("2\n");
    }

    @Test
    void goesOnAtTheBeginningOfAFileThatWasTruncated() throws IOException {
        open(Rotation.NONE);
        write("copied and truncated\n");
        Files.writeString(path(), "");
        write("2\n");
        assertThat(path()).hasContent("2\n");
    }

    @Test
    void beginsAFileThatWasDeletedAnew() throws IOException {
        open(Rotation.NONE);
        write("1\n");
        Files.delete(path());
        clock.advance(Duration.ofSeconds(1));
        write("2\n");
        assertThat(path()).hasContent("2\n");
    }

    @Test
    void staysWithTheRenamedFileIfANewOneCannotBeOpened() throws IOException {
        LogFile opened = open(Rotation.NONE);
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(path(), elsewhere);
        Files.createDirectory(path());
        clock.advance(Duration.ofSeconds(1));
        write("1\n");
        opened.reopen();
        assertThat(elsewhere).hasContent("1\n");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("access log " + path() + ": not opened again, the file before stays in use: ");
        Files.delete(path());
        clock.advance(Duration.ofSeconds(1));
        write("2\n");
        assertThat(path()).hasContent("2\n");
    }

    @Test
    void reopensOnDemand() throws IOException {
        LogFile opened = open(Rotation.NONE);
        Files.move(path(), directory.resolve("access.log.1"));
        opened.reopen();
        write("1\n");
        assertThat(path()).hasContent("1\n");
    }

    @Test
    void reportsAFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).isWritable();
        file = LogFile.open(full, time, Rotation.NONE, troubles());
        assertThatThrownBy(() -> write("1\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> write("1\n")).isInstanceOf(IOException.class);
    }

    @Test
    void takesBackHalfALineThatAFullDiskTook() throws IOException {
        NarrowChannel narrow = openNarrow();
        write("1\n");
        narrow.leave(3);
        assertThatThrownBy(() -> write("lost\n")).hasMessage("No space left on device");
        narrow.leave(100);
        write("2\n");
        assertThat(path()).hasContent("1\n2\n");
    }

    @Test
    void endsHalfALineThatCannotBeTakenBack() throws IOException {
        NarrowChannel narrow = openNarrow();
        write("1\n");
        narrow.leave(3);
        narrow.refuseTruncation();
        assertThatThrownBy(() -> write("lost\n")).hasMessage("No space left on device");
        narrow.leave(100);
        write("2\n");
        write("3\n");
        assertThat(path()).hasContent("1\nlos\n2\n3\n");
    }

    @Test
    void putsFilesOfASizeAsideAndKeepsSoMany() throws IOException {
        open(new SizeRotation(64 * KIB, 2));
        for (char c = 'a'; c <= 'e'; c++) {
            write(String.valueOf(c).repeat(40 * KIB));
        }
        assertThat(names()).containsExactly("access.log", "access.log.1", "access.log.2");
        assertThat(Files.readString(path())).startsWith("e").hasSize(40 * KIB);
        assertThat(Files.readString(directory.resolve("access.log.1"))).startsWith("d");
        assertThat(Files.readString(directory.resolve("access.log.2"))).startsWith("c");
    }

    @Test
    void pushesNothingOutWhenARotationFailsAndTriesAgainAfterAMinute() throws IOException {
        open(new SizeRotation(64 * KIB, 3));
        Files.writeString(directory.resolve("access.log.2"), "older");
        // a directory that is not empty cannot be replaced
        Path blocking =
                Files.createDirectories(directory.resolve("access.log.1").resolve("x"));
        Files.createDirectories(directory.resolve("access.log.3").resolve("x"));
        for (char c = 'a'; c <= 'c'; c++) {
            write(String.valueOf(c).repeat(40 * KIB));
        }
        assertThat(Files.size(path())).isEqualTo(3 * 40 * KIB);
        assertThat(directory.resolve("access.log.2")).hasContent("older");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("access log " + path() + ": not rotated, the file goes on growing: ");
        Files.delete(blocking);
        Files.delete(directory.resolve("access.log.1"));
        write("d\n");
        assertThat(Files.size(path())).isEqualTo(3 * 40 * KIB + 2);
        clock.advance(Duration.ofMinutes(1));
        write("e\n");
        assertThat(path()).hasContent("e\n");
        assertThat(directory.resolve("access.log.2")).hasContent("older");
    }

    @Test
    void putsFilesAsideWhenTheDayEnds() throws IOException {
        openDaily(2);
        write("1 March, late\n");
        clock.advance(Duration.ofHours(2));
        write("2 March\n");
        clock.advance(Duration.ofHours(12));
        write("2 March, noon\n");
        clock.advance(Duration.ofDays(2));
        write("4 March\n");
        assertThat(directory.resolve("access.log.2026-03-01")).hasContent("1 March, late\n");
        assertThat(directory.resolve("access.log.2026-03-02")).hasContent("2 March\n2 March, noon\n");
        assertThat(path()).hasContent("4 March\n");
        clock.advance(Duration.ofDays(1));
        Files.writeString(directory.resolve("access.log.2026-03-01.bak"), "somebody else's");
        write("5 March\n");
        assertThat(names())
                .containsExactly(
                        "access.log", "access.log.2026-03-01.bak", "access.log.2026-03-02", "access.log.2026-03-04");
    }

    @Test
    void putsAFileOfAnEarlierDayAsideAtStart() throws IOException {
        Files.writeString(path(), "27 February\n");
        Files.setLastModifiedTime(path(), FileTime.from(Instant.parse("2026-02-27T10:00:00Z")));
        Files.writeString(directory.resolve("access.log.2026-02-27"), "27 February, too\n");
        openDaily(7);
        write("1 March\n");
        assertThat(path()).hasContent("1 March\n");
        assertThat(directory.resolve("access.log.2026-02-27")).hasContent("27 February, too\n");
        assertThat(directory.resolve("access.log.2026-02-27.1")).hasContent("27 February\n");
    }

    @Test
    void staysWithItsDayWhenTheClockStepsBack() throws IOException {
        openDaily(7);
        write("1\n");
        clock.setWallClock(Instant.parse("2026-02-20T00:00:00Z"));
        write("2\n");
        assertThat(names()).containsExactly("access.log");
    }

    private LogFile open(Rotation rotation) throws IOException {
        file = LogFile.open(path(), time, rotation, troubles());
        return file;
    }

    private NarrowChannel openNarrow() throws IOException {
        NarrowChannel narrow = new NarrowChannel(Files.newByteChannel(
                path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        file = LogFile.open(path(), time, Rotation.NONE, troubles(), path -> narrow);
        return narrow;
    }

    private void openDaily(int keep) throws IOException {
        open(DailyRotation.of(path(), time, keep));
    }

    private void write(String text) throws IOException {
        if (file == null) {
            throw new IllegalStateException("file: not open (expected: open)");
        }
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private WriterTroubles troubles() {
        return new WriterTroubles(path().toString(), time, warnings::add);
    }

    private Path path() {
        return directory.resolve("access.log");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(one -> String.valueOf(one.getFileName())).sorted().toList();
        }
    }
}
