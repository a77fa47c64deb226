package dev.lintel.tls;

import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A PKCS#8 EncryptedPrivateKeyInfo by PBES2 with PBKDF2 (RFC 8018 sections 6.2 and 5.2), as OpenSSL writes it. */
final class EncryptedKey {

    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";

    /** More would be a file that is made to keep its reader busy. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private EncryptedKey() {}

    /** What is known and not understood here, so that whoever made the key can make another. */
    static final class Unsupported extends GeneralSecurityException {
        private static final long serialVersionUID = 1L;

        Unsupported(String what) {
            super(what);
        }
    }

    /**
     * The PrivateKeyInfo.
     *
     * @throws Unsupported if it is encrypted in another way
     * @throws InvalidKeySpecException if it is no such structure
     * @throws GeneralSecurityException if the password is another
     */
    static byte[] open(byte[] der, char[] password) throws GeneralSecurityException {
        DerInput info = new DerInput(der).enter(DerInput.SEQUENCE);
        DerInput algorithm = info.enter(DerInput.SEQUENCE);
        byte[] sealed = info.take(DerInput.OCTETS);
        require(algorithm.objectId().equals(PBES2), "not PBES2");
        DerInput parameters = algorithm.enter(DerInput.SEQUENCE);
        DerInput derivation = parameters.enter(DerInput.SEQUENCE);
        DerInput encryption = parameters.enter(DerInput.SEQUENCE);
        require(derivation.objectId().equals(PBKDF2), "not PBKDF2");
        CipherKind kind = CipherKind.of(encryption.objectId());
        byte[] vector = encryption.take(DerInput.OCTETS);
        SecretKey key = derive(derivation.enter(DerInput.SEQUENCE), kind, password);
        Cipher cipher = Cipher.getInstance(kind.transformation);
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(vector));
        return cipher.doFinal(sealed);
    }

    private static SecretKey derive(DerInput parameters, CipherKind kind, char[] password)
            throws GeneralSecurityException {
        byte[] salt = parameters.take(DerInput.OCTETS);
        int iterations = parameters.number(MOST_ITERATIONS);
        if (parameters.isNext(DerInput.INTEGER)) {
            require(parameters.number(1024) == kind.keyBytes, "key length");
        }
        String function = parameters.isNext(DerInput.SEQUENCE)
                ? hmac(parameters.enter(DerInput.SEQUENCE).objectId())
                : "SHA1";
        if (salt.length == 0 || iterations == 0) {
            throw new InvalidKeySpecException("no salt or no iterations");
        }
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, kind.keyBytes * 8);
        try {
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmac" + function)
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(derived, kind.algorithm());
        } finally {
            spec.clearPassword();
        }
    }

    private static String hmac(String objectId) throws Unsupported {
        return switch (objectId) {
            case "1.2.840.113549.2.7" -> "SHA1";
            case "1.2.840.113549.2.8" -> "SHA224";
            case "1.2.840.113549.2.9" -> "SHA256";
            case "1.2.840.113549.2.10" -> "SHA384";
            case "1.2.840.113549.2.11" -> "SHA512";
            default -> throw new Unsupported("function of PBKDF2");
        };
    }

    private static void require(boolean holds, String otherwise) throws Unsupported {
        if (!holds) {
            throw new Unsupported(otherwise);
        }
    }

    private enum CipherKind {
        AES_128("2.16.840.1.101.3.4.1.2", "AES/CBC/PKCS5Padding", 16),
        AES_192("2.16.840.1.101.3.4.1.22", "AES/CBC/PKCS5Padding", 24),
        AES_256("2.16.840.1.101.3.4.1.42", "AES/CBC/PKCS5Padding", 32),
        TRIPLE_DES("1.2.840.113549.3.7", "DESede/CBC/PKCS5Padding", 24);

        private final String objectId;
        private final String transformation;
        private final int keyBytes;

        CipherKind(String objectId, String transformation, int keyBytes) {
            this.objectId = objectId;
            this.transformation = transformation;
            this.keyBytes = keyBytes;
        }

        private static CipherKind of(String objectId) throws Unsupported {
            for (CipherKind kind : values()) {
                if (kind.objectId.equals(objectId)) {
                    return kind;
                }
            }
            throw new Unsupported("cipher");
        }

        private String algorithm() {
            return transformation.substring(0, transformation.indexOf('/'));
        }
    }
}
