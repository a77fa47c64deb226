package dev.lintel.redis;

import dev.lintel.testing.DeadPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server of its own process on 127.0.0.1, which can be stopped, killed and started again. Not thread-safe. */
final class RedisServer implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final RedisProgram program;
    private final List<String> options;
    private final Path directory;
    private final DeadPort reserved = DeadPort.refusing();
    private final int port = reserved.port();
    private Process process;

    private RedisServer(RedisProgram program, List<String> options) {
        this.program = program;
        this.options = options;
        try {
            this.directory = Files.createTempDirectory("lintel-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.process = launch();
    }

    /** Starts one that keeps nothing on disk. */
    static RedisServer start(String... options) {
        return start(RedisProgram.REDIS_7, options);
    }

    /** Starts one of a program. */
    static RedisServer start(RedisProgram program, String... options) {
        return new RedisServer(program, List.of(options));
    }

    /** Starts one that watches over another, named {@code main}, and gives it up after {@code patience}. */
    static RedisServer startSentinel(int mainPort, Duration patience) {
        try {
            Path file = Files.createTempFile("lintel-sentinel-", ".conf");
            Files.writeString(file, """
                    sentinel monitor main 127.0.0.1 %d 1
                    sentinel down-after-milliseconds main %d
                    sentinel failover-timeout main 2000
                    """.formatted(mainPort, patience.toMillis()));
            file.toFile().deleteOnExit();
            return new RedisServer(RedisProgram.REDIS_7, List.of(file.toString(), "--sentinel"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Asks it something. */
    @Nullable
    Object call(String... words) {
        try (RespClient client = new RespClient(port)) {
            return client.call(words);
        }
    }

    /** Asks it something to which the answer is a number. */
    long number(String... words) {
        return call(words) instanceof Long number ? number : -1;
    }

    /** Stops it where it is: connections stay, nothing is answered. */
    void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() {
        signal("CONT");
    }

    /** Ends it without a goodbye. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }

    /** Starts it again where it was, empty. */
    void restart() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
        reserved.close();
        try (Stream<Path> files = Files.walk(directory)) {
            Collection<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(program.path().toString()));
        command.addAll(options);
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "no"));
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            RUNNING.add(started);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> answers(started));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IllegalStateException(Files.readString(directory.resolve("log")));
        }
        try (RespClient client = new RespClient(port)) {
            client.call("PING");
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        } catch (IllegalStateException needsPassword) {
            return true;
        }
    }
}
