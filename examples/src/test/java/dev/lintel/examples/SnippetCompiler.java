package dev.lintel.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles a snippet of Java as a reader would use it: a whole file as it is; a main and what follows inside a class; statements
 * inside a method; an expression as a value. Imports of Lintel's packages and a few names that stand for the reader's own things are given.
 */
final class SnippetCompiler {

    private static final String IMPORTS = """
            import dev.lintel.*;
            import dev.lintel.admin.*;
            import dev.lintel.explain.*;
            import dev.lintel.config.*;
            import dev.lintel.filters.accesslog.*;
            import dev.lintel.filters.anyof.*;
            import dev.lintel.filters.apikey.*;
            import dev.lintel.filters.bodylimit.*;
            import dev.lintel.filters.cache.*;
            import dev.lintel.filters.compression.*;
            import dev.lintel.filters.cors.*;
            import dev.lintel.filters.headers.*;
            import dev.lintel.filters.iprules.*;
            import dev.lintel.filters.jwt.*;
            import dev.lintel.filters.maintenance.*;
            import dev.lintel.filters.ratelimit.*;
            import dev.lintel.filters.requestid.*;
            import dev.lintel.filters.securityheaders.*;
            import dev.lintel.filters.transform.*;
            import dev.lintel.https.*;
            import dev.lintel.identity.*;
            import dev.lintel.limit.*;
            import dev.lintel.measure.*;
            import dev.lintel.metrics.*;
            import dev.lintel.option.*;
            import dev.lintel.redis.*;
            import dev.lintel.request.*;
            import dev.lintel.router.*;
            import dev.lintel.server.*;
            import dev.lintel.test.*;
            import dev.lintel.tls.*;
            import dev.lintel.upstream.*;
            import static dev.lintel.limit.LimitKey.*;
            import io.micrometer.prometheusmetrics.*;
            import jakarta.servlet.*;
            import jakarta.servlet.http.*;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            """;

    /** What a reader has at hand. */
    private static final String GIVEN = """
                static ServletContext context;
                static GatewayBuilder builder;
            """;

    private SnippetCompiler() {}

    /** The compiler's errors; none if the snippet is right. */
    static List<String> compile(String snippet) throws IOException {
        Path classes = Files.createDirectories(Path.of("target", "snippets"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none",
                "-implicit:none",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        compiler.getTask(null, null, diagnostics, options, null, List.of(new Source(source(snippet))))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static String source(String snippet) {
        List<String> imports = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        snippet.lines().forEach(line -> (line.startsWith("import ") ? imports : rest).add(line));
        String body = String.join("\n", rest).strip();
        String head = imports.stream().collect(Collectors.joining("\n")) + "\n" + IMPORTS;
        if (body.contains("class ") || body.contains("interface ")) {
            return head + body.replaceFirst("^public ", "");
        }
        if (body.startsWith("public static void main(")) {
            return head + "class Snippet {\n" + GIVEN + body + "\n}\n";
        }
        boolean statements =
                body.endsWith(";") || body.endsWith("}") || body.lines().anyMatch(l -> l.contains("; //"));
        String method = statements ? body : "Object value =\n" + body + "\n;";
        return head + "class Snippet {\n" + GIVEN + "  static void snippet() throws Exception {\n" + method
                + "\n  }\n}\n";
    }

    /** The snippet as a file. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
