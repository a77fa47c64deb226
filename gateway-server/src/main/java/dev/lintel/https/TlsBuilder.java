package dev.lintel.https;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Problems;
import dev.lintel.tls.Identity;
import dev.lintel.tls.KeyFiles;
import dev.lintel.tls.KeyPassword;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes TLS to clients. Files are read when the server starts, watched from then on, and taken over without closing a connection.
 * Mistakes are noted and reported together when the server starts. Not thread-safe.
 */
public final class TlsBuilder {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private final Problems problems = new Problems();
    private final List<KeyFiles> files = new ArrayList<>();
    private final List<Identity> given = new ArrayList<>();
    private TlsPreset preset = TlsPreset.INTERMEDIATE;
    private boolean refusesUnknownNames;
    private Duration sessionLifetime = Duration.ofHours(1);
    private ClientCertificates clients = ClientCertificates.NONE;
    private @Nullable Path clientAuthorities;
    private Duration watchInterval = Duration.ofSeconds(5);
    private @Nullable Duration hsts;
    private boolean hstsIncludeSubDomains;
    private boolean hstsPreload;

    private TlsBuilder() {}

    /** Starts a description. */
    public static TlsBuilder create() {
        return new TlsBuilder();
    }

    /**
     * Adds a certificate for the names in it (alternative names, also wildcards for one label). Of several for a name, with keys of
     * the same type, the first counts. The first of all is also for clients that ask for no name, or for one that no certificate is for.
     *
     * @param certificates a PEM file with the certificate and then its issuers
     * @param key a PEM file with its private key: PKCS#8, PKCS#1 (RSA) or SEC1 (EC), not encrypted
     */
    public TlsBuilder certificate(Path certificates, Path key) {
        files.add(new KeyFiles(certificates, key, null));
        return this;
    }

    /**
     * The same with an encrypted key.
     *
     * @param certificates a PEM file with the certificate and then its issuers
     * @param key a PEM file with its private key: PKCS#8 encrypted by PBES2
     * @param password of the key
     */
    public TlsBuilder certificate(Path certificates, Path key, KeyPassword password) {
        files.add(new KeyFiles(certificates, key, requireNonNull(password, "password")));
        return this;
    }

    /**
     * Adds every private key of a key store, with its certificates; before those in files, and never read again.
     *
     * @param store read now
     * @param password the password of the keys in it
     */
    public TlsBuilder certificates(KeyStore store, char[] password) {
        int before = given.size();
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                if (store.getKey(alias, password) instanceof PrivateKey key && chain != null) {
                    List<X509Certificate> certificates = Arrays.stream(chain)
                            .map(certificate -> (X509Certificate) certificate)
                            .toList();
                    given.add(Identity.of(certificates, key));
                }
            }
        } catch (GeneralSecurityException | ClassCastException unusable) {
            problems.add(
                    "tls.keyStore", "not readable", "private keys that the password opens, with X.509 certificates");
            return this;
        }
        problems.require(given.size() > before, "tls.keyStore", "no keys", "a private key with its certificates");
        return this;
    }

    /** Versions and cipher suites; {@link TlsPreset#INTERMEDIATE} by default. */
    public TlsBuilder preset(TlsPreset choice) {
        this.preset = requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Refuses the handshake of a client that asks for a name that no certificate is for, or for none at all; without this it is served
     * by the first certificate.
     */
    public TlsBuilder refuseUnknownNames() {
        this.refusesUnknownNames = true;
        return this;
    }

    /** How long a session may be resumed, by id or by ticket, without showing certificates again; 1 s to 1 d, 1 h by default. */
    public TlsBuilder sessionLifetime(Duration duration) {
        boolean within = duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(DAY) <= 0;
        problems.require(within, "tls.sessionLifetime", duration, "a duration from 1s to 1d");
        this.sessionLifetime = duration;
        return this;
    }

    /**
     * Asks clients for a certificate; who has none is served all the same, who shows one of somebody else's is not. What it says is
     * {@link dev.lintel.Exchange#clientCertificate}. Revocation is not looked at.
     *
     * @param authorities a PEM file with the certificates of those who issue them
     */
    public TlsBuilder optionalClientCertificates(Path authorities) {
        return clients(ClientCertificates.OPTIONAL, authorities);
    }

    /**
     * Serves only clients with a certificate. What it says is {@link dev.lintel.Exchange#clientCertificate}. Revocation is not looked
     * at.
     *
     * @param authorities a PEM file with the certificates of those who issue them
     */
    public TlsBuilder requiredClientCertificates(Path authorities) {
        return clients(ClientCertificates.REQUIRED, authorities);
    }

    private TlsBuilder clients(ClientCertificates choice, Path authorities) {
        this.clients = choice;
        this.clientAuthorities = requireNonNull(authorities, "authorities");
        return this;
    }

    /**
     * How often files are looked at, 5 s by default; a change is taken over when it has stayed for one more look. Zero for never; then
     * a reload reads them.
     */
    public TlsBuilder watchInterval(Duration duration) {
        boolean within =
                duration.isZero() || duration.compareTo(Duration.ofMillis(10)) >= 0 && duration.compareTo(DAY) <= 0;
        problems.require(within, "tls.watchInterval", duration, "0, or a duration from 10ms to 1d");
        this.watchInterval = duration;
        return this;
    }

    /**
     * Has browsers use HTTPS alone for so long ({@code Strict-Transport-Security}, RFC 6797), on every answer over TLS that does not
     * say so itself; off by default. Zero tells them to forget it.
     */
    public TlsBuilder hsts(Duration maxAge) {
        problems.require(!maxAge.isNegative(), "tls.hsts", maxAge, "0 or more");
        this.hsts = maxAge;
        return this;
    }

    /** Has that hold for all subdomains. */
    public TlsBuilder hstsIncludeSubDomains() {
        this.hstsIncludeSubDomains = true;
        return this;
    }

    /** Agrees to being shipped with browsers, which is hard to take back; needs subdomains and a year. */
    public TlsBuilder hstsPreload() {
        this.hstsPreload = true;
        return this;
    }

    /**
     * Reads the files. For a server.
     *
     * @param into where it is noted what is wrong
     * @return null if there is a problem
     */
    public @Nullable LiveTls build(Problems into) {
        Problems found = new Problems();
        problems.list().forEach(problem -> found.add(problem.name(), problem.value(), problem.expected()));
        // a key store without keys has been told of
        boolean some = !files.isEmpty() || !given.isEmpty() || !problems.isEmpty();
        found.require(some, "tls.certificate", "none", "at least one certificate");
        found.require(
                hsts != null || !hstsIncludeSubDomains && !hstsPreload, "tls.hsts", "not given", "how long, by hsts");
        found.require(
                !hstsPreload || hstsIncludeSubDomains && hsts != null && hsts.compareTo(YEAR) >= 0,
                "tls.hstsPreload",
                "without subdomains or a year",
                "hstsIncludeSubDomains and an hsts of at least 365d");
        TlsOptions options = new TlsOptions(
                files,
                given,
                preset,
                refusesUnknownNames,
                sessionLifetime,
                clients,
                clientAuthorities,
                watchInterval,
                hstsValue());
        LiveTls tls = found.isEmpty() ? LiveTls.read(options, found) : null;
        found.list().forEach(problem -> into.add(problem.name(), problem.value(), problem.expected()));
        return tls;
    }

    private @Nullable String hstsValue() {
        return hsts == null
                ? null
                : "max-age=" + hsts.toSeconds() + (hstsIncludeSubDomains ? "; includeSubDomains" : "")
                        + (hstsPreload ? "; preload" : "");
    }
}
