package dev.lintel.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A program that serves Redis' protocol: two come with the build, in the jars of libraries of which nothing else is used;
 * {@code -Dlintel.redis=/usr/bin/valkey-server} names another, which takes the place of the first.
 */
enum RedisProgram {
    REDIS_7("redis-server-7.0.15-", "redis-server-7.0.15-linux-arm64"),
    REDIS_6("redis-server-6.2.6-v5-", "redis-server-6.2.7-linux-arm64");

    private final String prefix;
    private final String onLinuxArm;

    RedisProgram(String prefix, String onLinuxArm) {
        this.prefix = prefix;
        this.onLinuxArm = onLinuxArm;
    }

    private static final class Extracted {
        private static final Map<RedisProgram, Path> PATHS = new EnumMap<>(RedisProgram.class);
    }

    /** The program's file; made at the first call, gone when the machine ends. */
    Path path() {
        String given = System.getProperty("lintel.redis");
        if (this == REDIS_7 && given != null) {
            return Path.of(given);
        }
        synchronized (Extracted.PATHS) {
            return Extracted.PATHS.computeIfAbsent(this, RedisProgram::extract);
        }
    }

    private Path extract() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String name = !mac && arm ? onLinuxArm : prefix + (mac ? "darwin-" : "linux-") + (arm ? "arm64" : "amd64");
        try (InputStream content = RedisProgram.class.getResourceAsStream("/" + name)) {
            if (content == null) {
                throw new IllegalStateException("program: " + name + " (expected: on the class path)");
            }
            Path file = Files.createTempFile("lintel-redis-", "");
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            file.toFile().deleteOnExit();
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException("program: " + name + " (expected: where programs may be run)");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
