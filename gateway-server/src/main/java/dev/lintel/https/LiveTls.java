package dev.lintel.https;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import dev.lintel.tls.Validity;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS to clients, with the certificates of now: connections keep what they began with, new ones get what was read last. What cannot be
 * used changes nothing, is logged once and told by {@link #failure}. Thread-safe.
 */
public final class LiveTls {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTls.class);
    private static final Duration WORRY_AGAIN = Duration.ofDays(1);

    private final TlsOptions options;
    private final List<Path> files;
    private final LiveContexts contexts;
    private TlsMaterial material;
    /** What the files were when they were read last. */
    private FileStamps seen;
    /** What they were when they were looked at last. */
    private FileStamps last;

    private Instant worried = Instant.MIN;
    private volatile @Nullable Failure failure;

    /**
     * A change that was not taken over.
     *
     * @param at when that was found
     * @param problems why
     */
    public record Failure(Instant at, List<Problem> problems) {

        /** Copies the list. */
        public Failure {
            problems = List.copyOf(problems);
        }
    }

    private LiveTls(TlsOptions options, FileStamps seen, TlsMaterial material) throws GeneralSecurityException {
        this.options = options;
        this.files = options.allFiles();
        this.seen = seen;
        this.last = seen;
        this.material = material;
        this.contexts = new LiveContexts(options, current(material));
    }

    /**
     * Reads all files.
     *
     * @param problems where it is noted what is wrong
     * @return null if there is a problem
     */
    static @Nullable LiveTls read(TlsOptions options, Problems problems) {
        FileStamps seen = FileStamps.of(options.allFiles());
        TlsMaterial material = TlsMaterial.read(options, problems);
        if (material == null) {
            return null;
        }
        try {
            LiveTls tls = new LiveTls(options, seen, material);
            tls.worry(Instant.now());
            return tls;
        } catch (GeneralSecurityException unusable) {
            problems.add("tls", "not usable", "keys and certificates that this JVM can use");
            return null;
        }
    }

    /** What makes the TLS of connections, by what is there when they begin. */
    public SslContextFactory.Server contexts() {
        return contexts;
    }

    /** Whether a client that asks for that host gets a certificate for it; a name, or an address, IPv6 in brackets. */
    public boolean isFor(String host) {
        return contexts.table().isFor(host);
    }

    /** Whether clients are asked for certificates. */
    public boolean asksClients() {
        return options.clients() != ClientCertificates.NONE;
    }

    /** The value of {@code Strict-Transport-Security}; null for none. */
    public @Nullable String hsts() {
        return options.hsts();
    }

    /** Whether there are files that may change. */
    public boolean hasFiles() {
        return !files.isEmpty();
    }

    /** How often {@link #look} is to be called; zero for never. */
    public Duration watchInterval() {
        return hasFiles() ? options.watchInterval() : Duration.ZERO;
    }

    /** The last change that was not taken over; null if what is in the files is what is served. */
    public @Nullable Failure failure() {
        return failure;
    }

    /**
     * Reads what has changed since the last time, if it has stayed so since the last look: several files are rarely replaced in one
     * instant. Waits for the disk.
     */
    public synchronized void look() {
        FileStamps now = FileStamps.of(files);
        boolean settled = now.equals(last);
        last = now;
        if (settled && !now.equals(seen)) {
            try {
                prepare().run();
            } catch (GatewayException wrong) {
                LOG.warn("certificates stay as they are; {}", wrong.getMessage());
            }
        }
        if (Instant.now().isAfter(worried.plus(WORRY_AGAIN))) {
            worry(Instant.now());
        }
    }

    /**
     * Reads all files anew, and changes nothing yet. Waits for the disk.
     *
     * @return takes over what was read
     * @throws GatewayException if it cannot be used; that is told from then on
     */
    public synchronized Runnable prepare() {
        FileStamps now = FileStamps.of(files);
        Problems problems = new Problems();
        TlsMaterial read = TlsMaterial.read(options, problems);
        LiveContexts.Current next = read == null ? null : current(read, problems);
        if (read == null || next == null) {
            // so that it is told once; what nobody has taken over in the end is looked at again
            seen = now;
            failure = new Failure(Instant.now(), problems.list());
            throw new GatewayException("tls", problems.list());
        }
        return () -> become(now, read, next);
    }

    private synchronized void become(FileStamps stamps, TlsMaterial read, LiveContexts.Current next) {
        seen = stamps;
        failure = null;
        if (read.equals(material)) {
            return;
        }
        material = read;
        contexts.become(next);
        LOG.info("{} certificates taken over", read.identities().size());
        worry(Instant.now());
    }

    private LiveContexts.@Nullable Current current(TlsMaterial read, Problems problems) {
        try {
            return current(read);
        } catch (GeneralSecurityException unusable) {
            problems.add("tls", "not usable", "keys and certificates that this JVM can use");
            return null;
        }
    }

    private LiveContexts.Current current(TlsMaterial read) throws GeneralSecurityException {
        HostTable table = new HostTable(read.identities(), options.refusesUnknownNames());
        int seconds = Math.toIntExact(options.sessionLifetime().toSeconds());
        return new LiveContexts.Current(read.context(table, seconds), table);
    }

    /** Warns of certificates that are not valid, or not much longer. */
    private void worry(Instant now) {
        worried = now;
        List<List<X509Certificate>> all = material.certificates();
        for (int i = 0; i < all.size(); i++) {
            String worry = Validity.worry(all.get(i), now);
            if (worry != null) {
                LOG.warn("{}: a certificate {}", name(i), worry);
            }
        }
    }

    private String name(int index) {
        int given = options.given().size();
        if (index < given) {
            return "tls.keyStore";
        }
        int file = index - given;
        return file < options.files().size()
                ? "tls.certificate " + options.files().get(file).certificates()
                : "tls.clientAuthorities " + options.clientAuthorities();
    }
}
