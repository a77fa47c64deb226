package dev.lintel.tls;

import java.math.BigInteger;
import java.security.spec.InvalidKeySpecException;

/** Reads DER (X.690) from its beginning to its end. Not thread-safe. */
final class DerInput {

    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int position;
    private final int end;

    DerInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerInput(byte[] bytes, int begin, int end) {
        this.bytes = bytes;
        this.position = begin;
        this.end = end;
    }

    /** Whether something of that kind comes next. */
    boolean isNext(int tag) {
        return position < end && (bytes[position] & 0xff) == tag;
    }

    /** What is in the next item, which must be of that kind. */
    DerInput enter(int tag) throws InvalidKeySpecException {
        if (!isNext(tag)) {
            throw malformed();
        }
        position++;
        int length = length();
        if (length > end - position) {
            throw malformed();
        }
        DerInput content = new DerInput(bytes, position, position + length);
        position += length;
        return content;
    }

    /** The bytes in the next item, which must be of that kind. */
    byte[] take(int tag) throws InvalidKeySpecException {
        return enter(tag).rest();
    }

    /** The next item, which must be a number from 0 to that. */
    int number(int most) throws InvalidKeySpecException {
        byte[] content = take(INTEGER);
        if (content.length == 0 || content.length > 5) {
            throw malformed();
        }
        BigInteger value = new BigInteger(content);
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw malformed();
        }
        return value.intValue();
    }

    /** The next item, which must be an object identifier, with dots. */
    String objectId() throws InvalidKeySpecException {
        byte[] content = take(OBJECT_ID);
        StringBuilder text = new StringBuilder();
        long arc = 0;
        for (byte octet : content) {
            arc = arc << 7 | octet & 0x7f;
            if (arc > Integer.MAX_VALUE) {
                throw malformed();
            }
            if (octet >= 0) {
                if (text.isEmpty()) {
                    long first = Math.min(2, arc / 40);
                    text.append(first).append('.').append(arc - first * 40);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return text.toString();
    }

    /** Skips the next item, of whatever kind. */
    void skip() throws InvalidKeySpecException {
        if (position >= end) {
            throw malformed();
        }
        var unused = enter(bytes[position] & 0xff);
    }

    private byte[] rest() {
        byte[] content = new byte[end - position];
        System.arraycopy(bytes, position, content, 0, content.length);
        return content;
    }

    private int length() throws InvalidKeySpecException {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 3) {
            throw malformed();
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | octet();
        }
        return length;
    }

    private int octet() throws InvalidKeySpecException {
        if (position >= end) {
            throw malformed();
        }
        return bytes[position++] & 0xff;
    }

    private static InvalidKeySpecException malformed() {
        return new InvalidKeySpecException("malformed DER");
    }
}
