package dev.lintel.https;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.identity.ClientCertificate;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestCertificate;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Servers that tell in a field who the client is, and clients that ask whose certificate they were shown. */
final class TlsServer {

    private TlsServer() {}

    static Gateway gateway() {
        Filter telling = (request, response, chain) -> {
            Exchange exchange = Exchange.of(request);
            ClientCertificate client = exchange == null ? null : exchange.clientCertificate();
            ((HttpServletResponse) response)
                    .setHeader("X-Client", client == null ? "nobody" : client.subject() + " " + client.issuer());
            chain.doFilter(request, response);
        };
        return Gateway.builder()
                .route(Route.named("all").path("/**").filter(telling).answer(200, "text/plain", "ok"))
                .build();
    }

    static ServerBuilder builder(TlsBuilder tls) {
        return GatewayServer.builder(gateway()).port(0).tls(tls);
    }

    /** Writes a certificate and its key beside each other. */
    static void write(Path directory, String name, TestCertificate certificate) throws IOException {
        put(directory.resolve(name + ".pem"), certificate.certificatePem());
        put(directory.resolve(name + ".key"), certificate.privateKeyPem());
    }

    /** At one go: who watches the file never sees half of it. */
    private static void put(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static TlsBuilder certificate(TlsBuilder tls, Path directory, String name) {
        return tls.certificate(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    }

    /** The serial number of what a client is shown that asks for that name. */
    static String shown(int port, SSLContext trust, @Nullable String name) {
        try (RawClient client = RawClient.connectTls(port, trust, name)) {
            return serial(client);
        }
    }

    static String serial(RawClient client) {
        try {
            X509Certificate shown =
                    (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
            return shown.getSerialNumber().toString(16);
        } catch (SSLPeerUnverifiedException none) {
            throw new AssertionError(none);
        }
    }

    /** The common name that a client is shown. */
    static String name(int port, SSLContext trust, @Nullable String name) {
        try (RawClient client = RawClient.connectTls(port, trust, name)) {
            X509Certificate shown =
                    (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException none) {
            throw new AssertionError(none);
        }
    }

    static RawResponse get(RawClient client, String host, String... fields) {
        client.send(RawRequest.raw(
                "GET / HTTP/1.1",
                java.util.stream.Stream.concat(java.util.stream.Stream.of("Host: " + host), List.of(fields).stream())
                        .toArray(String[]::new)));
        return client.readResponse();
    }
}
