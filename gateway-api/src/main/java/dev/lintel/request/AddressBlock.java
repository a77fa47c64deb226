package dev.lintel.request;

import dev.lintel.option.Option;
import java.util.List;

/**
 * A block of addresses in CIDR notation. Immutable and thread-safe.
 *
 * @param base the first address of the block
 * @param bits how many leading bits are fixed
 */
public record AddressBlock(IpAddress base, int bits) {

    private static final String RULE = "an address, or a network such as 10.0.0.0/8";

    /**
     * Parses {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @param text the block
     * @return the block
     * @throws IllegalArgumentException if it is not one, or has bits set behind its prefix
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        IpAddress base = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (base == null) {
            throw wrong(text);
        }
        int most = base.isV4() ? 32 : 128;
        int bits = slash < 0 ? most : bits(text.substring(slash + 1));
        if (bits < 0 || bits > most || !base.prefix(bits).equals(base)) {
            throw wrong(text);
        }
        return new AddressBlock(base, bits);
    }

    /**
     * An option that is a list of such texts.
     *
     * @param name the option's name
     * @param meaning one sentence, without its full stop
     */
    public static Option<List<String>> option(String name, String meaning) {
        return Option.list(name, "addresses and networks", RULE, AddressBlock::isBlock, meaning);
    }

    private static boolean isBlock(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Whether an address lies in the block. */
    public boolean contains(IpAddress address) {
        return address.isV4() == base.isV4() && address.prefix(bits).equals(base);
    }

    /** Whether some address lies in this and in another block. */
    public boolean overlaps(AddressBlock other) {
        return contains(other.base) || other.contains(base);
    }

    @Override
    public String toString() {
        return base + "/" + bits;
    }

    private static int bits(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("address block: " + text + " (expected: " + RULE + ")");
    }
}
