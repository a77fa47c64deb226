package dev.lintel.benchmarks.contenders;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Lintel: {@code LintelGateway PORT UPSTREAM KIND DIRECTORY}. KIND is {@code bare}, with no filter; {@code full}, with all that a
 * gateway usually does; or {@code routes}, the same with 10,000 routes. The directory has the issuer's key and takes the log.
 */
public final class LintelGateway {

    private static final int MANY = 10_000;

    private LintelGateway() {}

    /**
     * Starts it.
     *
     * @param args port, upstream's URL, kind, directory
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[3]);
        GatewayBuilder gateway = Gateway.builder();
        if (!args[2].equals("bare")) {
            addFilters(gateway, directory, args[2]);
        }
        gateway.upstream(Upstream.named("upstream").target(args[1]).maxConnections(2048));
        if (args[2].equals("routes")) {
            for (int i = 0; i < MANY; i++) {
                gateway.route(
                        Route.named("route-" + i).path("/service-" + i + "/**").to("upstream"));
            }
        }
        // a thousand streams that begin at once on a busy machine need a while
        gateway.route(Route.named("all")
                .path("/**")
                .connectTimeout(Duration.ofSeconds(20))
                .to("upstream"));
        start(GatewayServer.builder(gateway.build()).host("127.0.0.1").withoutAdminPort(), args[0], directory);
    }

    private static void start(ServerBuilder server, String port, Path directory) {
        if (port.startsWith("tls:")) {
            server.tls(directory.resolve("certificate.pem"), directory.resolve("key.pem"))
                    .http2()
                    .sniCheck(false);
        }
        server.port(Integer.parseInt(port.substring(port.indexOf(':') + 1))).start();
    }

    private static void addFilters(GatewayBuilder gateway, Path directory, String kind) throws IOException {
        gateway.filter(RequestIdFilter.create())
                .filter(AccessLogFilter.builder()
                        .file(directory.resolve(kind + ".log"))
                        .build())
                .filter(HeaderStripFilter.builder()
                        .requestHeaders("X-Internal")
                        .responseHeaders("Server", "X-Powered-By")
                        .build())
                .filter(JwtAuthFilter.builder()
                        .issuer("https://idp.example.com")
                        .audience("orders-api")
                        .publicKey(Files.readString(directory.resolve("issuer.json")))
                        .algorithms("RS256")
                        .build())
                .filter(RateLimitFilter.builder()
                        .limit("per-user", 1_000_000, Duration.ofSeconds(1))
                        .key(by(claim("sub")))
                        .limit("per-address", 1_000_000, Duration.ofSeconds(1))
                        .key(by(address()))
                        .build());
    }
}
