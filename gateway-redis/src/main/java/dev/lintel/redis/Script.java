package dev.lintel.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A program that Redis runs in one step. Immutable and thread-safe.
 *
 * @param text the program
 * @param digest by which Redis knows it once it has seen it
 */
record Script(String text, String digest) {

    /** Decides, see the file. */
    static final Script DECIDE = read("decide.lua");

    /** Announces a gateway, see the file. */
    static final Script ANNOUNCE = read("announce.lua");

    private static Script read(String name) {
        try (InputStream content = Script.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("script: " + name + " (expected: beside the classes)");
            }
            byte[] text = content.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(
                    new String(text, StandardCharsets.US_ASCII), HexFormat.of().formatHex(digest));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
