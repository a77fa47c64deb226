package dev.lintel.examples.war;

import static org.awaitility.Awaitility.await;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A distribution of Tomcat, started by its own script in a directory of its own, on a free port of 127.0.0.1. */
final class TomcatProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"\\]");
    private static final Pattern CONNECTOR = Pattern.compile("(?s)<Connector port=\"8080\".*?/>");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int port;

    private TomcatProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        await().atMost(PATIENCE).until(() -> !process.isAlive() || log().contains("Server startup in"));
        Matcher started = PORT.matcher(log());
        if (!started.find()) {
            process.destroyForcibly();
            throw new IllegalStateException("tomcat: not started\n" + log());
        }
        this.port = Integer.parseInt(started.group(1));
    }

    /**
     * Starts a distribution.
     *
     * @param home where it was unpacked
     * @param base an empty directory
     * @param options options of its JVM
     */
    static TomcatProcess start(Path home, Path base, String options) throws IOException {
        for (String directory : List.of("conf", "logs", "temp", "work", "webapps", "conf/Catalina/localhost")) {
            Files.createDirectories(base.resolve(directory));
        }
        try (Stream<Path> files = Files.list(home.resolve("conf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
            }
        }
        Path server = base.resolve("conf/server.xml");
        String listening = "<Connector port=\"0\" address=\"127.0.0.1\" protocol=\"HTTP/1.1\"/>";
        Files.writeString(
                server,
                CONNECTOR
                        .matcher(Files.readString(server).replace("<Server port=\"8005\"", "<Server port=\"-1\""))
                        .replaceFirst(listening));
        Files.writeString(
                base.resolve("conf/tomcat-users.xml"),
                "<tomcat-users><user username=\"robot\" password=\"robot\" roles=\"manager-script\"/></tomcat-users>");
        Files.writeString(
                base.resolve("conf/Catalina/localhost/manager.xml"),
                "<Context docBase=\"${catalina.home}/webapps/manager\" privileged=\"true\"/>");
        Path log = base.resolve("logs/console.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", home.resolve("bin/catalina.sh").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CATALINA_HOME", home.toString());
        builder.environment().put("CATALINA_BASE", base.toString());
        builder.environment().put("CATALINA_OPTS", "-Xmx256m " + options);
        return new TomcatProcess(builder.start(), log);
    }

    int port() {
        return port;
    }

    /** All that it has written to its console so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its manager says to a command, such as {@code undeploy?path=/x}. */
    String manager(String command) {
        String user = Base64.getEncoder().encodeToString("robot:robot".getBytes(StandardCharsets.US_ASCII));
        try (RawClient client = RawClient.connect(port).within(PATIENCE)) {
            return client.send(RawRequest.get("/manager/text/" + command).header("Authorization", "Basic " + user))
                    .readResponse()
                    .bodyText();
        }
    }

    /** Ends it by a signal, as a service would be ended, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("tomcat: still alive (expected: ended by SIGTERM)");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
