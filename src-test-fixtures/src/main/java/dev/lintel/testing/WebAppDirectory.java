package dev.lintel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A temporary directory laid out as a web application, with room for the container's own files beside it. */
final class WebAppDirectory {

    private final Path top;
    private final Path content;

    private WebAppDirectory(Path top, Path content) {
        this.top = top;
        this.content = content;
    }

    /** One that serves {@code files} as they are, or with none that {@code webXml} and nothing else. */
    static WebAppDirectory create(@Nullable String webXml, @Nullable Path files) {
        try {
            Path top = Files.createTempDirectory("web-app");
            WebAppDirectory directory = new WebAppDirectory(top, files == null ? top.resolve("content") : files);
            Files.createDirectories(directory.content().resolve("WEB-INF"));
            Files.createDirectories(directory.work());
            if (webXml != null && files == null) {
                Files.writeString(directory.descriptor(), webXml);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path content() {
        return content;
    }

    Path work() {
        return top.resolve("work");
    }

    Path descriptor() {
        return content().resolve("WEB-INF").resolve("web.xml");
    }

    void delete() {
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
