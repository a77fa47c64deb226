package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for the gateways that listen with TLS, which no client checks. */
final class SelfSigned {

    private static final String ALIAS = "gateway";
    private static final String PASSWORD = "changeit";

    private SelfSigned() {}

    /** Leaves {@code certificate.pem} and {@code key.pem} (RSA, 2048 bits) in the directory. */
    static void create(Path directory, Path java) throws IOException {
        Path store = directory.resolve("certificate.p12");
        Process keytool = new ProcessBuilder(
                        java.resolve("bin/keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(store)) {
            throw new IOException("keytool: no certificate (expected: one)\n" + output);
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            write(
                    directory.resolve("certificate.pem"),
                    "CERTIFICATE",
                    keys.getCertificate(ALIAS).getEncoded());
            write(
                    directory.resolve("key.pem"),
                    "PRIVATE KEY",
                    keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }
}
