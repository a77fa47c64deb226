package dev.lintel.server;

import dev.lintel.identity.ClientCertificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Notes that the connection is secure, and who the client has proved to be; refuses a host that the certificate is not for. Thread-safe.
 */
final class HostOfCertificate extends SecureRequestCustomizer {

    private static final String KEPT = ClientCertificate.class.getName();

    private final boolean asksClients;

    HostOfCertificate(TlsOptions tls) {
        super(tls.sniCheck());
        this.asksClients = tls.live().asksClients();
    }

    @Override
    protected void checkSni(Request request, SSLSession session) {
        if (asksClients) {
            request.setAttribute(ClientCertificate.ASKED, true);
            ClientCertificate client = clientOf(session);
            if (client != null) {
                request.setAttribute(ClientCertificate.ATTRIBUTE, client);
            }
        }
        try {
            super.checkSni(request, session);
        } catch (HttpException.RuntimeException mismatch) {
            // RFC 9110 section 7.4: misdirected, not malformed
            throw new HttpException.RuntimeException(421, "Misdirected Request");
        }
    }

    /** What the handshake has verified; looked at once for each session. */
    private static @Nullable ClientCertificate clientOf(SSLSession session) {
        if (session.getValue(KEPT) instanceof ClientCertificate known) {
            return known;
        }
        try {
            if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
                ClientCertificate client = ClientCertificate.of(certificate);
                session.putValue(KEPT, client);
                return client;
            }
        } catch (SSLPeerUnverifiedException none) {
            // it has shown none, and may
        }
        return null;
    }
}
