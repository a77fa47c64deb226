package dev.lintel.filters.jwt;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/** Which RSA keys are strong enough to trust and cheap enough to use. */
final class RsaKeyRules {

    static final int MIN_BITS = 2048;

    /** Above this a check costs milliseconds, and whoever publishes the key would spend our time with it. */
    static final int MAX_BITS = 8192;

    private static final int[] ROCA_PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };

    private RsaKeyRules() {}

    /** What is wrong with {@code key}, as the rule it breaks; null when it may be used. */
    static @Nullable String problem(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        if (modulus.bitLength() < MIN_BITS) {
            return "RSA modulus of at least 2048 bits (RFC 7518 section 3.3)";
        }
        if (modulus.bitLength() > MAX_BITS) {
            return "RSA modulus of at most 8192 bits";
        }
        if (!modulus.testBit(0)) {
            return "odd RSA modulus";
        }
        if (!exponent.testBit(0) || exponent.compareTo(BigInteger.TWO) <= 0 || exponent.bitLength() > 64) {
            return "odd RSA exponent from 3 to 64 bits";
        }
        if (isRoca(modulus)) {
            return "RSA key not made by a generator open to CVE-2017-15361";
        }
        return null;
    }

    /**
     * Whether the modulus bears the mark of CVE-2017-15361: modulo every one of these primes it is a power of 65537 (Nemec
     * and others, "The Return of Coppersmith's Attack", 2017). A sound modulus does so once in 2^27 keys or rarer.
     */
    private static boolean isRoca(BigInteger modulus) {
        for (int prime : ROCA_PRIMES) {
            if (!isPowerOf65537(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPowerOf65537(int residue, int prime) {
        int generator = 65537 % prime;
        int power = 1;
        do {
            if (power == residue) {
                return true;
            }
            power = power * generator % prime;
        } while (power != 1);
        return false;
    }
}
