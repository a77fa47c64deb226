package dev.lintel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** API keys and their digests, of which files hold only the latter. */
@Command(
        name = "keys",
        description = "Makes an API key and prints it with its SHA-256, which is what a file holds.",
        subcommands = KeysCommand.Hash.class)
final class KeysCommand implements Runnable {

    private static final int OCTETS = 32;

    @Option(names = "--prefix", description = "what the key begins with, so that it can be told where it is found")
    private String prefix = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (!prefix.matches("[A-Za-z0-9_-]{0,32}")) {
            throw new IllegalArgumentException(
                    "--prefix: " + prefix + " (expected: up to 32 letters, digits, - and _)");
        }
        byte[] random = new byte[OCTETS];
        new SecureRandom().nextBytes(random);
        String key = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrintWriter out = spec.commandLine().getOut();
        out.println("key     " + key);
        out.println("sha256  " + sha256(key));
        out.flush();
    }

    static String sha256(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256: missing (expected: in every Java platform)", missing);
        }
    }

    /** The digest of a key that there is already. */
    @Command(name = "hash", description = "Reads a key from the standard input, one line, and prints its SHA-256.")
    static final class Hash implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String key = in.readLine();
            if (key == null || key.isEmpty() || key.length() > 512) {
                throw new IllegalArgumentException("key: not shown (expected: one line of 1 to 512 characters)");
            }
            spec.commandLine().getOut().println(sha256(key));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}
