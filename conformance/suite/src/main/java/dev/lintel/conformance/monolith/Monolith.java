package dev.lintel.conformance.monolith;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the application is made of; a web application of it for containers that read {@code web.xml}. */
public final class Monolith {

    /**
     * Where a servlet is.
     *
     * @param type the servlet
     * @param multipart whether it takes files
     * @param patterns where it is mapped
     */
    public record Mapping(Class<? extends HttpServlet> type, boolean multipart, List<String> patterns) {

        /** The servlet's name. */
        public String name() {
            return type.getSimpleName();
        }
    }

    /** All servlets. */
    public static final List<Mapping> SERVLETS = List.of(
            at(AboutServlet.class, "/about/*", "/about", "*.about"),
            at(FormServlet.class, "/form/*"),
            new Mapping(UploadServlet.class, true, List.of("/upload")),
            at(SessionServlet.class, "/session"),
            at(AsyncServlet.class, "/async/*"),
            at(NonBlockingServlet.class, "/echo"),
            at(DispatchServlet.class, "/dispatch/*"),
            at(FailingServlet.class, "/fail/*"),
            at(ErrorPageServlet.class, "/error-page"),
            at(AnswerServlet.class, "/answer/*"),
            at(UpgradeServlet.class, "/upgrade"));

    /** Pages about statuses. */
    public static final Map<Integer, String> ERROR_PAGES = Map.of(404, "/error-page", 503, "/error-page?of=503");

    /** Pages about exceptions. */
    public static final Map<Class<? extends Throwable>, String> EXCEPTION_PAGES =
            Map.of(IllegalArgumentException.class, "/error-page");

    /** What a directory is answered by. */
    public static final String WELCOME = "index.html";

    /** The limit for a file that is uploaded. */
    public static final int MOST_BYTES = UploadServlet.MOST_BYTES;

    private Monolith() {}

    private static Mapping at(Class<? extends HttpServlet> type, String... patterns) {
        return new Mapping(type, false, List.of(patterns));
    }

    /** Writes a web application with the files and a {@code web.xml}, in front of which {@code front} stands. */
    static void write(Path directory, Front front) throws IOException {
        Files.createDirectories(directory.resolve("WEB-INF"));
        Files.createDirectories(directory.resolve("files/inner"));
        file(directory.resolve("index.html"), "<p>Welcome");
        file(directory.resolve("files/index.html"), "<p>Files");
        file(directory.resolve("files/inner/text.txt"), "0123456789".repeat(100));
        file(directory.resolve("WEB-INF/web.xml"), descriptor(front));
    }

    private static void file(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static String descriptor(Front front) {
        StringBuilder xml =
                new StringBuilder("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n");
        xml.append(front.filter());
        for (Mapping mapping : SERVLETS) {
            xml.append("<servlet><servlet-name>").append(mapping.name()).append("</servlet-name><servlet-class>");
            xml.append(mapping.type().getName()).append("</servlet-class><async-supported>true</async-supported>");
            if (mapping.multipart()) {
                xml.append("<multipart-config><max-file-size>").append(MOST_BYTES);
                xml.append("</max-file-size></multipart-config>");
            }
            xml.append("</servlet>\n<servlet-mapping><servlet-name>")
                    .append(mapping.name())
                    .append("</servlet-name>");
            mapping.patterns()
                    .forEach(pattern ->
                            xml.append("<url-pattern>").append(pattern).append("</url-pattern>"));
            xml.append("</servlet-mapping>\n");
        }
        xml.append("<welcome-file-list><welcome-file>").append(WELCOME).append("</welcome-file></welcome-file-list>\n");
        ERROR_PAGES.forEach((status, page) -> xml.append("<error-page><error-code>")
                .append(status)
                .append("</error-code><location>")
                .append(page)
                .append("</location></error-page>\n"));
        EXCEPTION_PAGES.forEach((type, page) -> xml.append("<error-page><exception-type>")
                .append(type.getName())
                .append("</exception-type><location>")
                .append(page)
                .append("</location></error-page>\n"));
        return xml.append("</web-app>\n").toString();
    }
}
