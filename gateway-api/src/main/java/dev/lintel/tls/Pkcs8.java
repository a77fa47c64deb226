package dev.lintel.tls;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

/** Puts keys of older forms into a PKCS#8 PrivateKeyInfo (RFC 5208 section 5), which is what the JDK reads. */
final class Pkcs8 {

    private static final byte[] VERSION = hex("020100");
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = hex("06072a8648ce3d0201");

    private Pkcs8() {}

    /** An RSAPrivateKey (RFC 8017 appendix A.1.2). */
    static byte[] ofRsa(byte[] pkcs1) {
        return tagged(DerInput.SEQUENCE, VERSION, RSA, tagged(DerInput.OCTETS, pkcs1));
    }

    /**
     * An ECPrivateKey (RFC 5915 section 3).
     *
     * @param parameters the curve, where the file names it beside the key; may be empty
     * @throws InvalidKeySpecException if nobody says which curve it is for, or says so by its equation
     */
    static byte[] ofEc(byte[] sec1, byte[] parameters) throws InvalidKeySpecException {
        DerInput key = new DerInput(sec1).enter(DerInput.SEQUENCE);
        var unused = key.number(1);
        key.skip();
        byte[] curve;
        if (key.isNext(0xa0)) {
            curve = key.enter(0xa0).take(DerInput.OBJECT_ID);
        } else {
            curve = new DerInput(parameters).take(DerInput.OBJECT_ID);
        }
        byte[] algorithm = tagged(DerInput.SEQUENCE, EC_PUBLIC_KEY, tagged(DerInput.OBJECT_ID, curve));
        return tagged(DerInput.SEQUENCE, VERSION, algorithm, tagged(DerInput.OCTETS, sec1));
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 0x80) {
            // as few octets as it takes, or it is not DER
            int octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | octets);
            for (int shift = (octets - 1) * 8; shift > 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
