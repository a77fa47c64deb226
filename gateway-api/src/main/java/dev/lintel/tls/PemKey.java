package dev.lintel.tls;

import dev.lintel.option.Problems;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a private key from a PEM file, and tells what is wrong with it by the file's name, never by its content. */
final class PemKey {

    private static final String RULE =
            "a PEM file with one private key: PKCS#8 (BEGIN PRIVATE KEY, BEGIN ENCRYPTED PRIVATE KEY), PKCS#1 (BEGIN RSA"
                    + " PRIVATE KEY) or SEC1 (BEGIN EC PRIVATE KEY)";
    private static final String CONVERT =
            "PKCS#8 encrypted by PBES2; this makes it so: openssl pkcs8 -topk8 -v2 aes-256-cbc"
                    + " -in old.pem -out new.pem";
    private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

    private final Path file;
    private final String option;
    private final Problems problems;

    private PemKey(Path file, String option, Problems problems) {
        this.file = file;
        this.option = option;
        this.problems = problems;
    }

    /**
     * Reads the key.
     *
     * @param option what it is for, in messages
     * @return the key, or null if there is a problem, which is noted
     */
    static @Nullable PrivateKey read(KeyFiles files, String option, Problems problems) {
        List<PemFile.Block> blocks = PemFile.read(files.key(), option, problems);
        return blocks == null ? null : new PemKey(files.key(), option, problems).read(blocks, files.password());
    }

    private @Nullable PrivateKey read(List<PemFile.Block> blocks, @Nullable KeyPassword password) {
        List<PemFile.Block> keys = blocks.stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            return wrong(RULE);
        }
        PemFile.Block block = keys.get(0);
        if (block.encrypted()) {
            return wrong(CONVERT);
        }
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> decode(block.content());
                case "RSA PRIVATE KEY" -> decode(Pkcs8.ofRsa(block.content()));
                case "EC PRIVATE KEY" -> decode(Pkcs8.ofEc(block.content(), curve(blocks)));
                case "ENCRYPTED PRIVATE KEY" -> open(block.content(), password);
                default -> wrong(RULE);
            };
        } catch (GeneralSecurityException malformed) {
            return wrong(RULE);
        }
    }

    private @Nullable PrivateKey open(byte[] sealed, @Nullable KeyPassword password) {
        if (password == null) {
            return wrong("a password, since the key is encrypted");
        }
        char[] characters = password.read(option + ".password", problems);
        if (characters == null) {
            return null;
        }
        try {
            return decode(EncryptedKey.open(sealed, characters));
        } catch (EncryptedKey.Unsupported another) {
            return wrong(CONVERT);
        } catch (InvalidKeySpecException malformed) {
            // what a wrong password makes of the key has the right padding once in 256 times
            return wrong(RULE + ", and its password");
        } catch (GeneralSecurityException wrongPassword) {
            return wrong("a key that this password opens");
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private static byte[] curve(List<PemFile.Block> blocks) {
        for (PemFile.Block block : blocks) {
            if (block.label().equals("EC PARAMETERS")) {
                return block.content();
            }
        }
        return new byte[0];
    }

    private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException another) {
                // the encoding names its algorithm, and each factory takes its own only
            }
        }
        throw new InvalidKeySpecException("no known algorithm");
    }

    private @Nullable PrivateKey wrong(String expected) {
        problems.add(option, file, expected);
        return null;
    }
}
