package dev.lintel.upstream;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Problems;
import dev.lintel.request.Authority;
import dev.lintel.tls.Authorities;
import dev.lintel.tls.Identity;
import dev.lintel.tls.KeyFiles;
import dev.lintel.tls.KeyPassword;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom an upstream with {@code https} targets may be, and who the gateway is to it. Files are read when the upstream is built.
 * Upstreams share connections only if these are equal, certificates included. Immutable and thread-safe; prints no key.
 *
 * @param authorities whose certificates are believed; null for those of the JVM
 * @param identity what the gateway identifies itself by when it is asked; null for nothing
 * @param serverName the name that is asked for in the handshake and that the certificate must be for, lower-case; null for the
 *     target's host
 * @param verified whether certificate and name are checked at all
 */
public record UpstreamTls(
        @Nullable Authorities authorities,
        @Nullable Identity identity,
        @Nullable String serverName,
        boolean verified) {

    /** What holds without options: the JVM's authorities, the target's host, no certificate of our own. */
    public static final UpstreamTls DEFAULT = new UpstreamTls(null, null, null, true);

    /** Starts a description. */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes trust in an upstream. Not thread-safe. */
    public static final class Builder {

        private @Nullable Path authorities;
        private @Nullable KeyFiles identity;
        private @Nullable String serverName;
        private boolean verified = true;

        private Builder() {}

        /**
         * Believes the certificates of these authorities and of no others; those of the JVM by default.
         *
         * @param file certificates in PEM
         */
        public Builder authorities(Path file) {
            this.authorities = requireNonNull(file, "file");
            return this;
        }

        /** The name that is asked for (SNI) and that the certificate must be for; the target's host by default. */
        public Builder serverName(String name) {
            this.serverName = requireNonNull(name, "name");
            return this;
        }

        /**
         * Identifies the gateway to the upstream, if asked (mutual TLS).
         *
         * @param certificates a PEM file with the certificate and then its issuers
         * @param key a PEM file with its private key, not encrypted
         */
        public Builder clientCertificate(Path certificates, Path key) {
            this.identity = new KeyFiles(certificates, key, null);
            return this;
        }

        /**
         * Identifies the gateway to the upstream, if asked (mutual TLS).
         *
         * @param certificates a PEM file with the certificate and then its issuers
         * @param key a PEM file with its private key, PKCS#8 encrypted by PBES2
         */
        public Builder clientCertificate(Path certificates, Path key, KeyPassword password) {
            this.identity = new KeyFiles(certificates, key, requireNonNull(password, "password"));
            return this;
        }

        /**
         * Believes any certificate for any name: whoever is on the way can read and change everything, credentials included. For
         * experiments; the gateway warns of it when it is built.
         */
        public Builder insecureSkipVerify() {
            this.verified = false;
            return this;
        }

        /**
         * Reads the files and makes it.
         *
         * @param problems where it is noted what is wrong
         * @return null if there was a problem
         */
        @Nullable
        UpstreamTls build(Problems problems) {
            int before = problems.list().size();
            problems.require(
                    verified || authorities == null && serverName == null,
                    "insecureSkipVerify",
                    "with authorities or serverName",
                    "either a check or none");
            String name = serverName == null ? null : canonical(serverName);
            problems.require(serverName == null || name != null, "serverName", "not a host name", "a DNS name");
            Authorities believed = authorities == null ? null : Authorities.read(authorities, "authorities", problems);
            Identity own = identity == null ? null : Identity.read(identity, "client", problems);
            return problems.list().size() == before ? new UpstreamTls(believed, own, name, verified) : null;
        }

        private static @Nullable String canonical(String name) {
            Authority parsed = Authority.parse(name);
            return parsed == null || parsed.port() >= 0 || name.contains(":")
                    ? null
                    : parsed.host().toLowerCase(Locale.ROOT);
        }
    }
}
