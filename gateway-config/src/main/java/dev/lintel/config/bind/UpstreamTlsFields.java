package dev.lintel.config.bind;

import dev.lintel.tls.KeyFiles;
import dev.lintel.upstream.UpstreamTls;
import java.util.Optional;

/** Reads {@code tls} of an upstream: whom it may be, and what the gateway identifies itself by. */
final class UpstreamTlsFields {

    private final KeyPairFields pairs;

    UpstreamTlsFields(Scope scope) {
        this.pairs = new KeyPairFields(scope, true);
    }

    Optional<UpstreamTls.Builder> read(Fields upstream) {
        Fields fields = upstream.map("tls", "{ authorities: ca.pem }");
        if (fields == null) {
            return Optional.empty();
        }
        UpstreamTls.Builder tls = UpstreamTls.builder();
        pairs.file(fields, "authorities").ifPresent(tls::authorities);
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
        KeyFiles files = pairs.read(client, "clientCertificate", "password", alias);
        client.finish();
        if (files != null && files.password() == null) {
            tls.clientCertificate(files.certificates(), files.key());
        } else if (files != null && files.password() != null) {
            tls.clientCertificate(files.certificates(), files.key(), files.password());
        }
    }
}
