package dev.lintel.tls;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The password of a private key: a text, or a file that holds it. Immutable and thread-safe; prints nothing of it. */
public final class KeyPassword {

    private final @Nullable String text;
    private final @Nullable Path file;

    private KeyPassword(@Nullable String text, @Nullable Path file) {
        this.text = text;
        this.file = file;
    }

    /** The password itself. */
    public static KeyPassword of(String text) {
        return new KeyPassword(requireNonNull(text, "text"), null);
    }

    /** A file whose first line is the password, in UTF-8; read whenever the key is. */
    public static KeyPassword file(Path file) {
        return new KeyPassword(null, requireNonNull(file, "file"));
    }

    /** Where it is read from; null if it is a text. */
    public @Nullable Path file() {
        return file;
    }

    /** The characters; null if the file cannot be read, which is noted. */
    char @Nullable [] read(String option, Problems problems) {
        if (file == null) {
            return requireNonNull(text).toCharArray();
        }
        String content = PemFile.text(file, option, problems);
        if (content == null) {
            return null;
        }
        int lineEnd = 0;
        while (lineEnd < content.length() && content.charAt(lineEnd) != '\n' && content.charAt(lineEnd) != '\r') {
            lineEnd++;
        }
        byte[] line = content.substring(0, lineEnd).getBytes(StandardCharsets.ISO_8859_1);
        return new String(line, StandardCharsets.UTF_8).toCharArray();
    }

    @Override
    public String toString() {
        return file == null ? "a password" : "the password in " + file;
    }
}
