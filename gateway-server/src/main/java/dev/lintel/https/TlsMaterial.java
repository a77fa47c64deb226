package dev.lintel.https;

import dev.lintel.option.Problems;
import dev.lintel.tls.Authorities;
import dev.lintel.tls.Identity;
import dev.lintel.tls.KeyFiles;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates, keys and authorities that are in the files at one time. Immutable; prints no key.
 *
 * @param identities at least one
 * @param clients whose certificates clients may have; null if they have none
 */
record TlsMaterial(List<Identity> identities, @Nullable Authorities clients) {

    TlsMaterial {
        identities = List.copyOf(identities);
    }

    /**
     * Reads it.
     *
     * @param problems where it is noted what is wrong
     * @return null if there is a problem
     */
    static @Nullable TlsMaterial read(TlsOptions options, Problems problems) {
        List<Identity> identities = new ArrayList<>(options.given());
        boolean whole = true;
        for (KeyFiles files : options.files()) {
            Identity identity = Identity.read(files, "tls", problems);
            if (identity == null) {
                whole = false;
            } else {
                identities.add(identity);
            }
        }
        Authorities clients = null;
        if (options.clientAuthorities() != null) {
            clients = Authorities.read(options.clientAuthorities(), "tls.clientAuthorities", problems);
            whole &= clients != null;
        }
        return whole ? new TlsMaterial(identities, clients) : null;
    }

    /** Each list of certificates in it. */
    List<List<X509Certificate>> certificates() {
        List<List<X509Certificate>> all = new ArrayList<>();
        identities.forEach(identity -> all.add(identity.chain()));
        if (clients != null) {
            all.add(clients.certificates());
        }
        return all;
    }

    /**
     * A context with sessions of its own: what was agreed upon with other certificates or authorities is not resumed in it.
     *
     * @throws GeneralSecurityException if the JVM cannot use what is in it
     */
    SSLContext context(HostTable table, int sessionSeconds) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] trust = clients == null ? new TrustManager[] {new NoClients()} : clients.trustManagers();
        context.init(new KeyManager[] {new HostKeys(table)}, trust, null);
        context.getServerSessionContext().setSessionTimeout(sessionSeconds);
        return context;
    }
}
