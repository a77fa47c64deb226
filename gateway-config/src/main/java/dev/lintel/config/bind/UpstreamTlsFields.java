package dev.lintel.config.bind;

import dev.lintel.config.tree.ScalarNode;
import dev.lintel.tls.KeyPassword;
import dev.lintel.upstream.UpstreamTls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls} of an upstream: whom it may be, and what the gateway identifies itself by. */
final class UpstreamTlsFields {

    private static final String PEM = "the path of a PEM file";

    private final Scope scope;

    UpstreamTlsFields(Scope scope) {
        this.scope = scope;
    }

    Optional<UpstreamTls.Builder> read(Fields upstream) {
        Fields fields = upstream.map("tls", "{ authorities: ca.pem }");
        if (fields == null) {
            return Optional.empty();
        }
        UpstreamTls.Builder tls = UpstreamTls.builder();
        file(fields, "authorities").ifPresent(tls::authorities);
        fields.text("serverName", tls::serverName);
        fields.on("insecureSkipVerify", tls::insecureSkipVerify);
        Fields client = fields.map("clientCertificate", "{ certificates: client.pem, key: client.key }");
        fields.finish();
        if (client != null) {
            identity(client, fields.path("client"), tls);
        }
        return Optional.of(tls);
    }

    private void identity(Fields client, String alias, UpstreamTls.Builder tls) {
        Optional<Path> certificates = file(client, "certificates");
        Optional<Path> key = file(client, "key");
        KeyPassword password = password(client);
        client.finish();
        for (String part : new String[] {"certificates", "key"}) {
            if (!client.has(part)) {
                scope.error("missing-key", client.map(), "clientCertificate without " + part, part + ": " + PEM);
            }
            Place place = scope.places().get(client.path(part));
            if (place != null) {
                // as the builder calls it
                scope.stands(alias + "." + part.replace("certificates", "certificate"), place.key(), place.value());
            }
        }
        if (certificates.isPresent() && key.isPresent()) {
            if (password == null) {
                tls.clientCertificate(certificates.get(), key.get());
            } else {
                tls.clientCertificate(certificates.get(), key.get(), password);
            }
        }
    }

    private @Nullable KeyPassword password(Fields client) {
        Optional<Path> file = file(client, "passwordFile");
        ScalarNode text = client.scalar("password", "a text");
        if (text != null) {
            Place place = scope.places().get(client.path("password"));
            if (place != null && place.key() != null) {
                scope.secret(place.key(), text);
            }
            return KeyPassword.of(text.text());
        }
        return file.map(KeyPassword::file).orElse(null);
    }

    private Optional<Path> file(Fields fields, String key) {
        ScalarNode path = fields.scalar(key, PEM);
        if (path == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(scope.resolve(path.text()));
        } catch (InvalidPathException malformed) {
            scope.wrong(key, path, PEM);
            return Optional.empty();
        }
    }
}
