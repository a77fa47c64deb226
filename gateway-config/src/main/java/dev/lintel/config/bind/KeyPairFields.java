package dev.lintel.config.bind;

import dev.lintel.config.tree.ScalarNode;
import dev.lintel.tls.KeyFiles;
import dev.lintel.tls.KeyPassword;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a certificate and its private key are, and what opens the key. */
final class KeyPairFields {

    private static final String PEM = "the path of a PEM file";
    private static final String CERTIFICATES = "certificates";
    private static final String KEY = "key";
    private static final String FILE = "File";

    private final Scope scope;
    private final boolean once;

    /**
     * For a part of a file.
     *
     * @param once whether who reads the files reads them once, so that a change of them is one of the file that names them
     */
    KeyPairFields(Scope scope, boolean once) {
        this.scope = scope;
        this.once = once;
    }

    /**
     * Both files; null if one is not there, which is noted.
     *
     * @param subject what they are for, in messages
     * @param password what the option is called that has the key's password
     * @param alias what those who read the files call them together
     */
    @Nullable
    KeyFiles read(Fields fields, String subject, String password, String alias) {
        Optional<Path> certificates = file(fields, CERTIFICATES);
        Optional<Path> key = file(fields, KEY);
        KeyPassword opens = password(fields, password);
        for (String part : new String[] {CERTIFICATES, KEY}) {
            if (!fields.has(part)) {
                scope.error("missing-key", fields.map(), subject + " without " + part, part + ": " + PEM);
            }
        }
        stands(fields, CERTIFICATES, alias + ".certificate");
        stands(fields, KEY, alias + ".key");
        stands(fields, fields.has(password) ? password : password + FILE, alias + ".key.password");
        return certificates.isPresent() && key.isPresent() ? new KeyFiles(certificates.get(), key.get(), opens) : null;
    }

    private void stands(Fields fields, String key, String alias) {
        Place place = scope.places().get(fields.path(key));
        if (place != null) {
            scope.stands(alias, place.key(), place.value());
        }
    }

    private @Nullable KeyPassword password(Fields fields, String name) {
        Optional<Path> file = file(fields, name + FILE);
        ScalarNode text = fields.scalar(name, "a text");
        Place place = scope.places().get(fields.path(name));
        if (place != null && place.key() != null) {
            scope.secret(place.key(), place.value());
            if (fields.has(name + FILE)) {
                scope.error("conflict", place.key(), name + " beside " + name + FILE, "one of them");
            }
        }
        return text == null ? file.map(KeyPassword::file).orElse(null) : KeyPassword.of(text.text());
    }

    /** The path of a file, relative to the one that names it. */
    Optional<Path> file(Fields fields, String key) {
        ScalarNode path = fields.scalar(key, PEM);
        if (path == null) {
            return Optional.empty();
        }
        try {
            Path file = scope.resolve(path.text());
            if (once) {
                scope.reads(file);
            }
            return Optional.of(file);
        } catch (InvalidPathException malformed) {
            scope.wrong(key, path, PEM);
            return Optional.empty();
        }
    }
}
