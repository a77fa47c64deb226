package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx as the upstream of all, and as the gateway that all are compared with. */
final class Nginx {

    private static final String ANSWER = "{\"answer\":\"" + "x".repeat(742) + "\"}";

    /** Started by root, workers would be nobody, who may not read what is served. */
    private static final String WORKERS = "root".equals(System.getProperty("user.name")) ? "user root;" : "";

    private final Path directory;

    Nginx(Path directory) {
        this.directory = directory;
    }

    /** The command of an upstream on that port, which has events from another. */
    List<String> upstream(int port, int events) throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        Files.write(files.resolve("16k"), new byte[16 << 10]);
        Files.write(files.resolve("64m"), new byte[Scenario.LARGE]);
        String server = """
                server {
                  listen 127.0.0.1:%1$d backlog=8192;
                  keepalive_requests 1000000000;
                  client_max_body_size 0;
                  root %2$s;
                  location / { }
                  location = /small { default_type application/json; return 200 '%3$s'; }
                  location = /ready { return 200; }
                  # answers when the body has been read, all of it, into memory
                  location = /upload {
                    client_body_buffer_size %5$d;
                    access_log %4$s lengths;
                    proxy_pass http://127.0.0.1:%1$d/small;
                    proxy_method GET;
                    proxy_pass_request_body off;
                    proxy_set_header Content-Length "";
                  }
                  location = /events {
                    proxy_pass http://127.0.0.1:%6$d;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                  }
                }
                """.formatted(port, files, ANSWER, uploads(), Scenario.LARGE, events);
        return command("upstream", server);
    }

    /** Where the upstream writes how long each upload was, head included, when it has ended: one in a line. */
    Path uploads() {
        return directory.resolve("uploads.log");
    }

    /** The command of a gateway on that port. */
    List<String> gateway(int port, int upstream) throws IOException {
        return gateway("gateway", port, "", upstream);
    }

    /** The command of a gateway on that port that speaks TLS, and HTTP/2, with the certificate of the directory. */
    List<String> secureGateway(int port, int upstream) throws IOException {
        return gateway("secure-gateway", port, " ssl http2", upstream);
    }

    private List<String> gateway(String name, int port, String options, int upstream) throws IOException {
        String certificate = options.isEmpty()
                ? ""
                : "ssl_certificate " + directory.resolve("certificate.pem") + "; ssl_certificate_key "
                        + directory.resolve("key.pem") + ";";
        String server = """
                upstream service { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
                server {
                  listen 127.0.0.1:%d%s backlog=8192;
                  %s
                  keepalive_requests 1000000000;
                  keepalive_timeout 3600s;
                  client_max_body_size 0;
                  location / {
                    proxy_pass http://service;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                    proxy_request_buffering off;
                  }
                }
                """.formatted(upstream, port, options, certificate);
        return command(name, server);
    }

    private List<String> command(String name, String server) throws IOException {
        Path home = Files.createDirectories(directory.resolve("nginx-" + name));
        Path file = home.resolve("nginx.conf");
        Files.writeString(file, """
                daemon off;
                %3$s
                worker_processes 2;
                worker_rlimit_nofile 40000;
                pid %1$s/pid;
                error_log %1$s/error.log warn;
                events { worker_connections 20000; }
                http {
                  log_format lengths $request_length;
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                %2$s}
                """.formatted(home, server.indent(2), WORKERS));
        return List.of(
                Tools.path("nginx").toString(),
                "-p",
                home.toString(),
                "-c",
                file.toString(),
                "-e",
                home + "/error.log");
    }
}
