package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.config.reload.FileWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P14: every way in which files change is seen. */
class FileWatchTest {
    @TempDir
    private Path folder;

    private enum Change {
        WRITTEN {
            @Override
            void make(Path file) throws IOException {
                Files.writeString(file, "another, longer text");
            }
        },
        TOUCHED {
            @Override
            void make(Path file) throws IOException {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
        },
        REPLACED {
            @Override
            void make(Path file) throws IOException {
                Path next = Files.writeString(file.resolveSibling("next"), "text");
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        DELETED {
            @Override
            void make(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void make(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void tellsOfAChange(Change change) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), "text");
        AtomicInteger told = new AtomicInteger();
        try (FileWatch watch = FileWatch.start(() -> Set.of(file), told::incrementAndGet)) {
            change.make(file);

            await().until(() -> told.get() > 0);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void tellsOfAnotherFolderBehindASymbolicLink() throws IOException {
        Path one = Files.createDirectory(folder.resolve("..1"));
        Path other = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(one.resolve("gateway.yaml"), "text");
        Files.writeString(other.resolve("gateway.yaml"), "text");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
        Path file = Files.createSymbolicLink(folder.resolve("gateway.yaml"), data.resolve("gateway.yaml"));
        AtomicInteger told = new AtomicInteger();
        try (FileWatch watch = FileWatch.start(() -> Set.of(file), told::incrementAndGet)) {
            Path next = Files.createSymbolicLink(folder.resolve("..next"), other);
            Files.move(next, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

            await().until(() -> told.get() > 0);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void tellsOfAFileThatComesIntoAnIncludedFolder() throws IOException {
        AtomicInteger told = new AtomicInteger();
        try (FileWatch watch = FileWatch.start(() -> Set.of(folder), told::incrementAndGet)) {
            Files.writeString(folder.resolve("new.yaml"), "text");

            await().until(() -> told.get() > 0);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void goesOnAfterAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), "text");
        AtomicInteger told = new AtomicInteger();
        try (FileWatch watch = FileWatch.start(() -> Set.of(file), () -> fail(told.incrementAndGet()))) {
            Files.writeString(file, "broken text");
            await().until(() -> told.get() == 1);
            Files.writeString(file, "another broken text");
            await().until(() -> told.get() == 2);
            assertThat(watch).isNotNull();
        }
    }

    private static void fail(int time) {
        throw new UncheckedIOException(new IOException("try " + time));
    }
}
